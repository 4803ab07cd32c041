"""`reader import` and `reader add`, as a person runs them: what is taken and told, and that twice changes nothing."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from cli.commands import end as run
from reader.base.paths import marks_file
from reader.cli.printing import now
from reader.feeds.entries.process import FeedReader
from reader.feeds.errors import FeedParseError
from reader.feeds.saving import pages
from reader.feeds.texts.installed import HOW_TO_GET_IT
from reader.library.marks.marks import NO_MARKS, MarkKind, Marks, MarkSet
from reader.stories.files import read_story
from reader.stories.model import Story
from reader.stories.urls import canonical_url
from web import Web


@pytest.fixture
def news(empty_library: Path) -> Path:
    return empty_library


def marks_of(url: str) -> MarkSet:
    key = canonical_url(url)
    assert key is not None
    with Marks(marks_file(), now) as marks:
        return marks.of([key]).get(key, NO_MARKS)


def stories_of(folder: Path) -> dict[str, Story]:
    read = (read_story(file) for file in sorted(folder.rglob("*.md")))
    return {story.url: story for story in read if story is not None}


def state_of(folder: Path) -> dict[str, bytes]:
    return {str(file): file.read_bytes() for file in folder.rglob("*.md")}


MINIFLUX = {
    "total": 3,
    "entries": [
        {
            "id": 1, "feed_id": 3, "status": "read", "starred": True, "title": "Ferries", "author": "Ada Quay",
            "url": "https://post.test/ferries", "published_at": "2024-03-04T05:06:07Z", "tags": ["Ships"],
            "content": "<p>Three <b>routes</b>.</p><script>alert(1)</script><p>By spring.</p>",
            "feed": {"title": "The Post", "site_url": "https://post.test", "category": {"title": "Local"}},
        },
        {"id": 2, "feed_id": 3, "status": "unread", "title": "Trams", "url": "https://post.test/trams"},
        {"id": 3, "feed_id": 3, "status": "removed", "title": "Gone \x1b[31m", "url": "https://post.test/gone"},
    ],
}  # fmt: skip
WALLABAG = [
    {
        "id": 1, "title": "Ferries", "url": "https://post.test/ferries", "is_archived": 1, "is_starred": 1,
        "tags": ["sea", "to read"], "content": "<p>Three routes.</p>", "created_at": "2024-05-06T07:08:09+0200",
        "published_at": "2024-03-04T05:06:07+0000", "published_by": ["Ada Quay"],
        "preview_picture": "https://post.test/a.jpg", "domain_name": "post.test",
    },
    {"id": 2, "title": "Trams", "url": "https://post.test/trams", "is_archived": 0, "is_starred": 0, "tags": []},
    {"id": 3, "title": "Nowhere", "url": "javascript:alert(1)", "is_archived": 0, "is_starred": 0},
]  # fmt: skip
POCKET = """title,url,time_added,tags,status
Ferries,https://post.test/ferries,1709528767,sea|to read,archive
https://post.test/trams,https://post.test/trams,1709528768,,unread
Again,https://www.post.test/ferries?utm_source=x,1709528769,,unread
"""
RAINDROP = """id,title,note,excerpt,url,folder,tags,created,cover,highlights,favorite
1,Ferries,Mine,Three routes.,https://post.test/ferries,News/Sea,"sea, to read",2024-03-04T05:06:07.000Z,https://post.test/a.jpg,,true
2,Trams,,,https://post.test/trams,Unsorted,,2024-03-05T05:06:07.000Z,,,false
"""
OMNIVORE = [
    {
        "id": "a", "slug": "ferries", "title": "Ferries", "description": "Three routes.", "author": "Ada Quay",
        "url": "https://post.test/ferries", "state": "Archived", "readingProgress": 100,
        "thumbnail": "https://post.test/a.jpg", "labels": ["sea", "to read"], "savedAt": "2024-05-06T07:08:09.000Z",
        "updatedAt": "2024-05-06T07:08:09.000Z", "publishedAt": "2024-03-04T05:06:07.000Z",
    },
    {
        "id": "b", "slug": "../b", "title": "Trams", "url": "https://post.test/trams", "state": "Active",
        "readingProgress": 0, "labels": [], "savedAt": "2024-05-06T07:08:09.000Z",
    },
]  # fmt: skip
ENTRY = """---
title = "Ferries"
date = "2024-03-04T05:06:07Z"
url = "https://post.test/ferries"
seen = true
---
Three **routes**.
"""
UNSEEN = ENTRY.replace("Ferries", "Trams").replace("ferries", "trams").replace("true", "false")


class Case(NamedTuple):
    """An export by the files that it is, the first of which is named; and what is told and taken of it."""

    files: Mapping[str, str]
    told: str
    not_taken: str
    marks: MarkSet
    outlet: str
    body: str
    topics: tuple[str, ...] = ()
    date_note: str = ""


CASES = {
    "Miniflux": Case(
        {"entries.json": json.dumps(MINIFLUX)},
        "Miniflux: 2 stories taken\nmarks: 1 read, 1 starred, 0 with tags or a note\n",
        "not taken: Gone ␛[31m: removed in Miniflux\n",
        MarkSet(read=True, starred=True),
        "The Post",
        "Three **routes**.\n\nBy spring.",
        ("Local", "Ships"),
    ),
    "miniflux-exporter": Case(
        {
            "articles_metadata.json": json.dumps(
                [
                    {
                        "id": 1, "title": "Ferries", "url": "https://post.test/ferries", "feed": "The Post",
                        "feed_id": 3, "published_at": "2024-03-04T05:06:07Z", "category": "Local", "status": "read",
                        "starred": True, "saved_path": "The Post/a.md",
                    },
                    {
                        "id": 2, "title": "Trams", "url": "https://post.test/trams", "feed_id": 3, "status": "unread",
                        "saved_path": "../../secret.md",
                    },
                ]
            ),
            "The Post/a.md": "---\ntitle: A\n---\nThree **routes**.\n",
        },
        "Miniflux: 2 stories taken\nmarks: 1 read, 1 starred, 0 with tags or a note\n",
        "",
        MarkSet(read=True, starred=True),
        "The Post",
        "Three **routes**.",
        ("Local",),
    ),
    "Wallabag": Case(
        {"wallabag.json": json.dumps(WALLABAG)},
        "Wallabag: 2 stories taken\nmarks: 1 read, 1 starred, 1 with tags or a note\n",
        "not taken: Nowhere: no web address\n",
        MarkSet(read=True, starred=True, tags=("sea", "to read")),
        "post.test",
        "",
    ),
    "Pocket": Case(
        {"pocket.csv": POCKET},
        "Pocket: 2 stories taken\nmarks: 1 read, 0 starred, 1 with tags or a note\n",
        "not taken: Again: it comes twice\n",
        MarkSet(read=True, tags=("sea", "to read")),
        "post.test",
        "",
        date_note="Pocket gives no time; this is when it was saved there",
    ),
    "Raindrop": Case(
        {"raindrop.csv": f"\ufeff{RAINDROP}"},
        "Raindrop: 2 stories taken\nmarks: 0 read, 1 starred, 1 with tags or a note\n",
        "",
        MarkSet(starred=True, tags=("sea", "to read"), note="Mine"),
        "post.test",
        "",
        ("News", "Sea"),
        date_note="Raindrop gives no time; this is when it was saved there",
    ),
    "Omnivore": Case(
        {
            ".": "",
            "metadata_0_to_1.json": json.dumps(OMNIVORE[:1]),
            "metadata_1_to_2.json": json.dumps(OMNIVORE[1:]),
            "content/ferries.html": "<p>Three <b>routes</b>.</p><p>By spring.</p>",
            "b.html": "secret",
        },
        "Omnivore: 2 stories taken\nmarks: 1 read, 0 starred, 1 with tags or a note\n",
        "",
        MarkSet(read=True, tags=("sea", "to read")),
        "post.test",
        "Three **routes**.\n\nBy spring.",
    ),
    "bulletty": Case(
        {
            ".": "",
            "categories/Local/post/ferries.md": ENTRY,
            "categories/Local/post/trams.md": UNSEEN,
            "categories/Local/post/.feed.toml": 'title = "The Post"\nurl = "https://post.test"\n',
            "categories/Local/post/broken.md": "+++\na\n+++\n",
        },
        "bulletty: 2 stories taken\nmarks: 1 read, 0 starred, 0 with tags or a note\n",
        "not taken: categories/Local/post/broken.md: not TOML: Expected '=' after a key in a key/value pair\n",
        MarkSet(read=True),
        "The Post",
        "Three **routes**.",
        ("Local",),
    ),
}  # fmt: skip


def written(case: Case, folder: Path) -> Path:
    """Write the files of an export; gives that which is taken in."""
    for name, text in case.files.items():
        file = folder / name
        if name != ".":
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    return folder / next(iter(case.files))


@pytest.mark.parametrize("name", CASES)
def test_an_export_is_taken_once_with_its_marks(name: str, news: Path, tmp_path: Path) -> None:
    case = CASES[name]
    place = written(case, tmp_path / "export")
    taken = run("import", place)
    assert (taken.stdout, taken.stderr) == (case.told, case.not_taken)
    stories = stories_of(news)
    story = stories.pop("https://post.test/ferries")
    assert (story.title, story.provider.name, story.body, story.topics) == (
        "Ferries",
        case.outlet,
        case.body,
        case.topics,
    )
    assert story.published is not None
    assert (f"{story.published:%Y-%m-%d}", story.extra.get("dateNote", "")) == ("2024-03-04", case.date_note)
    assert story.flaws == ()
    assert marks_of(story.url) == case.marks
    assert marks_of("https://post.test/trams") == NO_MARKS
    assert list(stories) == ["https://post.test/trams"]
    before = state_of(news)
    again = run("import", place)
    assert again.stdout.splitlines()[0].endswith("0 stories taken, 2 were there already")
    assert again.stdout.splitlines()[1] == "marks: 0 read, 0 starred, 0 with tags or a note"
    assert (state_of(news), marks_of(story.url)) == (before, case.marks)


def test_a_time_that_is_to_come_is_not_believed(news: Path, tmp_path: Path) -> None:
    entry = {**OMNIVORE[0], "publishedAt": "2099-01-01T00:00:00.000Z"}
    later = {**entry, "url": "https://post.test/later", "savedAt": "2098-01-01T00:00:00.000Z"}
    run(
        "import",
        written(CASES["Omnivore"]._replace(files={".": "", "metadata_0.json": json.dumps([entry, later])}), tmp_path),
    )
    stories = stories_of(news)
    saved, taken = (stories[f"https://post.test/{name}"] for name in ("ferries", "later"))
    assert saved.published_text == "2024-05-06T07:08:09Z"
    assert saved.extra["dateNote"] == "Omnivore gives a time that is to come; this is when it was saved there"
    assert isinstance(taken.published, datetime)
    assert taken.published <= now()
    assert taken.extra["dateNote"] == "Omnivore gives a time that is to come; this is when it was taken over"


def test_what_was_decided_here_since_stays(news: Path, tmp_path: Path) -> None:
    place = written(CASES["Wallabag"], tmp_path / "export")
    run("import", place)
    key = canonical_url("https://post.test/ferries")
    assert key is not None
    with Marks(marks_file(), now) as marks:
        marks.set([key], MarkKind.READ, False)
        marks.set_tags([key], remove=["sea"])
    run("import", place)
    assert marks_of("https://post.test/ferries") == MarkSet(starred=True, tags=("to read",))


def test_drafts_of_an_import_that_was_killed_are_removed_when_they_are_old(news: Path, tmp_path: Path) -> None:
    old, young = (news / "saved/post" / f".{sign * 16}.part" for sign in "01")
    old.parent.mkdir(parents=True)
    old.touch()
    young.touch()
    os.utime(old, (1, 1))
    run("import", written(CASES["Pocket"], tmp_path / "export"))
    assert (old.exists(), young.exists()) == (False, True)


def test_a_story_that_is_there_is_marked_and_not_written_again(news: Path, tmp_path: Path) -> None:
    (news / "a.md").write_text("---\ntitle: A\nurl: https://post.test/ferries\n---\n")
    taken = run("import", written(CASES["Pocket"], tmp_path / "export"))
    assert taken.stdout.splitlines()[0] == "Pocket: 1 story taken, 1 were there already"
    assert marks_of("https://post.test/ferries").read


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("a.json", "{", "not JSON"),
        ("a.json", "[" * 100_000, "not JSON"),
        ("a.json", '{"a": 1}', "no export that is known"),
        ("a.json", '[{"a": 1}]', "no export that is known"),
        ("a.csv", "a,b\n1,2\n", "no export that is known: a table of a, b"),
        ("a.csv", 'title,url,time_added\n"a', "not CSV"),
        ("a.csv", "", "no export that is known"),
        (
            "a.md",
            "---\ntitle: Kites\n---\n",
            "this is a story file and no export: put it into the folder of the library",
        ),
        ("a.zip", "PK\x03\x04", "packed"),
        ("in/a.md", "---\ntitle: A\n---\n", "no file in it says what was read"),
    ],
)
def test_what_is_no_export_is_told(name: str, text: str, told: str, news: Path, tmp_path: Path) -> None:
    file = tmp_path / "export" / name
    file.parent.mkdir(parents=True)
    file.write_text(text)
    assert told in run("import", file if file.parent.name == "export" else file.parent, code=2).stderr
    assert state_of(news) == {}


def test_a_file_that_is_not_there_is_told(news: Path, tmp_path: Path) -> None:
    assert "no such file" in run("import", tmp_path / "none.json", code=2).stderr


def test_what_is_wrong_with_it_is_told_before_the_library_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("READER_LIBRARY", raising=False)
    assert "no such file" in run("import", tmp_path / "none.json", code=2).stderr
    assert "a library of your own" not in run("add", "not a link", code=2).stderr
    export = written(CASES["Pocket"], tmp_path / "export")
    for command in (("import", export), ("add", "https://post.test/ferries")):
        assert "reader: this needs a library of your own" in run(*command, code=2).stderr


PAGE = """<html><head><title>Ferries | The Post</title>
<meta property="og:site_name" content="The Post"><meta property="article:tag" content="Ships">
<link rel="canonical" href="/ferries"><script type="application/ld+json">{linked}</script></head><body>Text</body>"""
LINKED: dict[str, Any] = {
    "@context": "https://schema.org", "@type": "NewsArticle", "headline": "Ferries go electric",
    "description": "Three routes.", "datePublished": "2024-03-04T05:06:07Z", "author": [{"name": "Ada Quay"}],
    "image": ["/a.jpg"],
}  # fmt: skip


def test_a_page_becomes_a_story_once(web: Web, news: Path) -> None:
    page = PAGE.format(linked=json.dumps(LINKED)).encode()
    web.serve("/ferries", page, "text/html")
    web.serve("/other", b"", "text/html", code=302, Location="/ferries?utm_source=x")
    web.serve("/ferries?utm_source=x", page, "text/html")
    added = run("add", f"{web.url}/other", "-t", "Sea")
    assert added.stdout == "added: Ferries go electric\n"
    (story,) = stories_of(news).values()
    assert (story.title, story.excerpt, story.provider.name) == ("Ferries go electric", "Three routes.", "The Post")
    assert (story.url, story.authors, story.topics) == (f"{web.url}/ferries", ("Ada Quay",), ("Sea", "Ships"))
    assert (story.published_text, story.images[0].url) == ("2024-03-04T05:06:07Z", f"{web.url}/a.jpg")
    assert (story.flaws, story.extra) == ((), {})
    for address in ("/ferries", "/other"):
        assert run("add", web.url + address, code=1).stderr == f"there already: {web.url}/ferries\n"
    assert len(state_of(news)) == 1


def test_a_page_has_its_text_where_that_can_be_found(web: Web, news: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    web.serve("/ferries", PAGE.format(linked=json.dumps(LINKED)).encode(), "text/html")
    monkeypatch.setattr(pages, "is_installed", lambda: True)
    monkeypatch.setattr(FeedReader, "text_of_page", lambda *_: "## Ferries go Electric\n\nThree **routes**.")
    assert "without its text" not in run("add", f"{web.url}/ferries").stderr
    assert next(iter(stories_of(news).values())).body == "Three **routes**."


@pytest.mark.parametrize(
    ("found", "told"),
    [(FeedParseError("it takes too long to read"), "its text cannot be read: it takes too long to read"),
     ("", "no text was found on it"), (None, HOW_TO_GET_IT)],
)  # fmt: skip
def test_a_page_without_a_text_says_why(
    found: str | FeedParseError | None, told: str, web: Web, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def text(*_: object) -> str:
        if isinstance(found, FeedParseError):
            raise found
        return found or ""

    web.serve("/ferries", PAGE.format(linked=json.dumps(LINKED)).encode(), "text/html")
    monkeypatch.setattr(pages, "is_installed", lambda: found is not None)
    monkeypatch.setattr(FeedReader, "text_of_page", text)
    assert run("add", f"{web.url}/ferries").stderr.splitlines()[1] == f"       without its text: {told}"
    assert len(stories_of(news)) == 1


@pytest.mark.parametrize(
    ("data", "code", "told"),
    [(b"", 404, "404"), (b"<html></html>", 200, "the page has no headline"), (b"\x00\xff", 200, "no headline")],
)
def test_a_page_that_cannot_be_had_is_told(data: bytes, code: int, told: str, web: Web, news: Path) -> None:
    web.serve("/a", data, "text/html", code=code)
    assert told in run("add", f"{web.url}/a", code=2).stderr
    assert state_of(news) == {}
