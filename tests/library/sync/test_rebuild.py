"""Whatever happens to a folder, its index tells the same as one that is made anew."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from examples import examples
from reader.library.index.index import Index
from reader.library.index.storage.store import open_index
from reader.library.sync.sync import sync

if TYPE_CHECKING:
    from conftest import WriteStory

Content = Callable[[Index], dict[str, object]]

NAMES = ["a.md", "b.txt", "c.md", "in/d.md", "in/deep/e.yaml"]
ADDRESSES = [
    "https://one.example/1",
    "https://www.two.example/2/",
    "https://two.example/2",
    "https://three.example/3",
    "",
]
ON_THE_WEB = ["https://web.example/8", "https://amp.web.example/8", "https://web.example/9"]

entries = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Alpha", "Beta rises", "Gamma"]),
        "excerpt": st.sampled_from(["", "Same.", "Alike", "A long one."]),
        "url": st.sampled_from([*ADDRESSES, *ON_THE_WEB]),
        "domain": st.sampled_from(["", "one.example", "web.example"]),
        "published": st.sampled_from(["", "2021-05-06", "2021-05-06T07:08:09Z"]),
        "quality": st.sampled_from([None, 0, 7]),
    }
)
stories = st.fixed_dictionaries(
    {
        "title": st.sampled_from(["Alpha", "Beta falls", "Delta"]),
        "url": st.sampled_from(ADDRESSES),
        "provider": st.sampled_from(["", "one", "Two"]),
        "published": st.sampled_from(["", "2021-05-06", "2021-05-06T00:00:00Z", "never"]),
        "quality": st.sampled_from([None, -1, 7]),
        "topics": st.lists(st.sampled_from(["red", "green", "blue"]), max_size=3),
        "related": st.lists(entries, max_size=3),
        "body": st.sampled_from(["", "A body"]),
    }
)
RAW = [b"---\ntitle: [\n---\n", b"no front matter", b"", b"---\ntitle: never closed\n", b"---\n---\n"]


@dataclass(frozen=True)
class Written:
    """A file comes or changes."""

    name: str
    fields: dict[str, object]


@dataclass(frozen=True)
class Spoilt:
    """A file comes or changes that is no story."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Deleted:
    """A file goes."""

    name: str


@dataclass(frozen=True)
class Moved:
    """A file gets another name, at times that of another file."""

    name: str
    to: str


Edit = Written | Spoilt | Deleted | Moved

names = st.sampled_from(NAMES)
edits: st.SearchStrategy[Edit] = st.one_of(
    st.builds(Written, names, stories),
    st.builds(Written, names, stories),
    st.builds(Spoilt, names, st.sampled_from(RAW)),
    st.builds(Deleted, names),
    st.builds(Moved, names, names),
)


def carry_out(edit: Edit, root: Path, write_story: WriteStory) -> None:
    file = root / edit.name
    if isinstance(edit, Written):
        write_story(root, edit.name, **edit.fields)  # type: ignore[arg-type]
    elif isinstance(edit, Spoilt):
        write_story(root, edit.name)  # for the time of change, which it sets
        status = file.stat()
        file.write_bytes(edit.data)
        os.utime(file, ns=(status.st_mtime_ns, status.st_mtime_ns))
    elif isinstance(edit, Deleted):
        file.unlink(missing_ok=True)
    elif file.exists():
        (root / edit.to).parent.mkdir(parents=True, exist_ok=True)
        file.replace(root / edit.to)


def content_of(file: Path, root: Path, content: Content) -> dict[str, object]:
    """What an index tells after it was brought up to date."""
    opened = open_index(file)
    sync(opened.connection, root)
    told = content(Index(opened.connection))
    assert opened.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    opened.connection.close()
    return told


@examples(40, HealthCheck.too_slow, HealthCheck.data_too_large)
@given(rounds=st.lists(st.lists(edits, max_size=4), min_size=1, max_size=5))
def test_an_index_after_any_changes_equals_a_new_one(
    rounds: list[list[Edit]], write_story: WriteStory, content: Content
) -> None:
    with tempfile.TemporaryDirectory() as made:
        place = Path(made)
        root = place / "news"
        root.mkdir()
        told: dict[str, object] = {}
        for changes in rounds:
            for edit in changes:
                carry_out(edit, root, write_story)
            told = content_of(place / "kept" / "index.sqlite3", root, content)
        assert told == content_of(place / "new" / "index.sqlite3", root, content)


@pytest.mark.long
def test_an_index_of_real_stories_survives_a_move_of_half_of_them(
    shared: Path, tmp_path: Path, write_story: WriteStory, content: Content
) -> None:
    root = tmp_path / "news"
    root.mkdir()
    for number, file in enumerate(sorted((shared / "corpus" / "azure").rglob("*.*"))[:60]):
        (root / f"{number:02}{file.suffix}").write_bytes(file.read_bytes())
    content_of(tmp_path / "kept.sqlite3", root, content)
    (root / "moved").mkdir()
    for number, file in enumerate(sorted(root.glob("*.*"))):
        if number % 4 == 0:
            file.rename(root / "moved" / file.name)
        elif number % 4 == 1:
            file.unlink()
        elif number % 4 == 2:
            write_story(root, file.name, url=f"https://example.org/{number}")
    assert content_of(tmp_path / "kept.sqlite3", root, content) == content_of(tmp_path / "new.sqlite3", root, content)


@pytest.mark.parametrize("order", [NAMES, NAMES[::-1]])
def test_the_order_in_which_files_come_makes_no_difference(
    tmp_path: Path, write_story: WriteStory, content: Content, order: list[str]
) -> None:
    root = tmp_path / "news"
    root.mkdir()
    for number, name in enumerate(order):
        entry = {"title": f"Said by {name}", "excerpt": "As long as the others.", "url": "https://web.example/8"}
        write_story(root, name, url=ADDRESSES[number % 3], related=[entry])
        content_of(tmp_path / "kept.sqlite3", root, content)
    kept = content_of(tmp_path / "kept.sqlite3", root, content)
    assert kept == content_of(tmp_path / "new.sqlite3", root, content)
