"""How folder and index differ is told by places in the folders: what is chosen, what is gone, what is passed over."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import Mock

import pytest

from reader.library.folder.paths import number_of
from reader.library.folder.scan import Folder, scan
from reader.library.index.storage import schema
from reader.library.sync import difference
from reader.library.sync.difference import Chosen, compare, shallow_of
from reader.library.sync.sync import sync

if TYPE_CHECKING:
    from conftest import WriteStory


def folder(path: bytes, *names: bytes) -> Folder:
    made = Folder(path)
    for number, name in enumerate(names):
        status = Mock(spec=os.stat_result, st_size=10 + number, st_mtime_ns=number, st_ino=number)
        made.add(name, status)
    return made


def test_files_are_given_by_name_the_last_first_whatever_folders_they_are_in() -> None:
    first, second = folder(b"", b"2020.md", b"2024.md", b"2022.md"), folder(b"sub", b"2023.md", b"2021.md", b"2019.md")
    chosen = Chosen()
    chosen.add(first, [0, 1, 2])
    chosen.add(second, [0, 1])
    assert [stamp.path for stamp in chosen.last_first()] == [
        b"2024.md", b"sub/2023.md", b"2022.md", b"sub/2021.md", b"2020.md",
    ]  # fmt: skip
    assert [stamp.path for stamp in chosen] == [b"2020.md", b"2024.md", b"2022.md", b"sub/2023.md", b"sub/2021.md"]
    assert (len(chosen), chosen.bytes) == (5, 10 + 11 + 12 + 10 + 11)


def test_a_folder_whose_files_were_let_go_still_has_its_number_and_digest() -> None:
    kept, let_go = folder(b"", b"a.md", b"b.md"), folder(b"", b"a.md", b"b.md")
    let_go.let_files_go()
    assert (len(let_go), let_go.digest()) == (len(kept), kept.digest())


def test_only_folders_in_which_something_changed_are_compared_file_by_file(
    tmp_path: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    news = tmp_path / "news"
    for place in ("", "a", "a/b", "c"):
        for number in range(3):
            write_story(news / place, f"{number}.md")
    with closing(schema.connect(tmp_path / "index.db")) as connection:
        sync(connection, news)
        (news / "a" / "0.md").unlink()
        (news / "a" / "1.md").rename(news / "c" / "9.md")
        write_story(news / "a" / "b", "2.md", title="Another headline")
        compared: list[bytes] = []
        depths = difference._Known.depths

        def depths_told(known: difference._Known, one: Folder) -> Iterator[int | None]:
            compared.append(one.path)
            return depths(known, one)

        monkeypatch.setattr(difference._Known, "depths", depths_told)
        found = compare(connection, news, list(scan(news)))
        assert sorted(compared) == [b"a", b"a/b", b"c"]
        assert found.gone == [b"a/0.md"]
        assert found.renamed == [(b"a/1.md", b"c/9.md")]
        assert sorted(stamp.path for stamp in found.unread) == [b"a/b/2.md", b"c/9.md"]
        assert not len(found.shallow)
        sync(connection, news)
        assert compare(connection, news, list(scan(news))).is_remembered


@pytest.mark.parametrize("few", [100, 1])
def test_what_was_read_in_part_is_found_among_few_and_many(
    tmp_path: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch, few: int
) -> None:
    news = tmp_path / "news"
    for number in range(6):
        write_story(news / "sub", f"{number}.md")
    monkeypatch.setattr(difference, "_FEW", few)
    with closing(schema.connect(tmp_path / "index.db")) as connection:
        found = list(scan(news))
        unread = compare(connection, news, found).unread
        sync(connection, news)
        assert not len(shallow_of(connection, unread))
        connection.execute(
            "UPDATE files SET depth = 1 WHERE number IN (?, ?)", (number_of(b"sub/1.md"), number_of(b"sub/4.md"))
        )
        assert [stamp.path for stamp in shallow_of(connection, unread).last_first()] == [b"sub/4.md", b"sub/1.md"]
