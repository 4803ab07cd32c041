"""The word indexes while many files come in, and afterwards."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.folder.scan import FileStamp, scan
from reader.library.index.index import Index
from reader.library.index.rows import ArticleRow
from reader.library.index.storage import schema
from reader.library.index.storage.journal import transaction
from reader.library.query.query import Sort, parse
from reader.library.sync import reading, word_indexes
from reader.library.sync import sync as syncing
from reader.library.sync.progress import Progress
from reader.library.sync.reading import FileRead
from reader.library.sync.records import Outcome, RecordReader, StoryRecord
from reader.library.sync.sync import sync
from reader.library.sync.write import WHOLE, Writer

if TYPE_CHECKING:
    from conftest import WriteStory

OF_STORIES = ("story_words", "story_beginnings")
INDEXES = (*OF_STORIES, "entry_words")


@pytest.fixture
def connection(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """An empty index."""
    with closing(schema.connect(tmp_path / "index.sqlite3")) as connection:
        yield connection


def pieces(connection: sqlite3.Connection, index: str = "story_words") -> int:
    """In how many pieces a word index lies."""
    found: int = connection.execute(f"SELECT count(DISTINCT segid) FROM {index}_idx").fetchone()[0]
    return found


def merging(connection: sqlite3.Connection, index: str = "story_words") -> dict[str, int]:
    """How a word index is set to merge; empty where that was never set."""
    return dict(connection.execute(f"SELECT k, v FROM {index}_config WHERE k LIKE '%merge'"))


def finds(connection: sqlite3.Connection, word: str) -> list[int]:
    rows = connection.execute("SELECT rowid FROM story_words WHERE story_words MATCH ? ORDER BY rowid", (word,))
    return [row[0] for row in rows]


def write_stories(folder: Path, write_story: WriteStory, number: int = 60) -> None:
    for story in range(number):
        entry = {"title": f"Related {story}", "url": f"https://web.example/{story}"}
        write_story(folder, f"{story:03}.md", title=f"Word{story} common", body=f"Body {story}", related=[entry])


def few_at_a_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write two files in a transaction, and have merging wait from a few files on."""
    for name in ("FIRST_BATCH", "HEADS_BATCH", "WHOLES_BATCH"):
        monkeypatch.setattr(reading, name, 2)
    monkeypatch.setattr(syncing, "FIRST_BATCH", 2)
    monkeypatch.setattr(syncing, "MOST_HELD", 2)
    monkeypatch.setattr(syncing, "MANY", 10)


def test_merging_waits_while_many_files_come_in(
    tmp_path: Path, connection: sqlite3.Connection, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_stories(tmp_path / "news", write_story)
    few_at_a_time(monkeypatch)
    most = dict.fromkeys(OF_STORIES, 0)
    found: list[int] = []

    def look(_: Progress) -> None:
        for index in OF_STORIES:
            most[index] = max(most[index], pieces(connection, index))
        found.append(len(finds(connection, "common")))

    sync(connection, tmp_path / "news", look)
    assert min(most.values()) > 20  # merged as usual there would never be as many
    assert found == sorted(found)
    assert found[0] == 2  # what came in is found before it is merged
    assert found[-1] == 60
    for index in INDEXES:
        assert 1 <= pieces(connection, index) < 8
        assert merging(connection, index) == {"automerge": 4, "crisismerge": 16}
        connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")
    assert len(finds(connection, "common")) == 60
    assert len(finds(connection, "word7")) == 1


def entries(connection: sqlite3.Connection) -> list[tuple[str | None, bool | None, bool]]:
    """What the index keeps of each entry: its headline, whether its words are to be found, and whether they are."""
    word = '"Of" AND "A"'
    return connection.execute(
        """SELECT title, is_found, e.id IN (SELECT rowid FROM entry_words WHERE entry_words MATCH ?)
           FROM entries e LEFT JOIN entry_texts t ON t.entry = e.id ORDER BY e.id""",
        (word,),
    ).fetchall()


def covering(connection: sqlite3.Connection, text: str) -> list[str]:
    """The headlines of the stories whose coverage has some words."""
    index = Index(connection)
    rows = index.rows(index.catalogue.ids(parse(f"coverage:({text})"), Sort.NEWEST, frozenset()))
    return sorted(row.title for row in rows.values())


def test_an_entry_that_says_what_its_story_says_is_not_kept_twice(
    tmp_path: Path, connection: sqlite3.Connection, write_story: WriteStory
) -> None:
    news = tmp_path / "news"
    told = {"title": "A", "excerpt": "Of A.", "url": "https://a.example/1"}

    def write_a(excerpt: str) -> Path:
        return write_story(news, "a.md", title="A", excerpt=excerpt, url="https://a.example/1")

    write_story(news, "b.md", title="B", url="https://a.example/2", related=[told])
    story = write_a("Of A.")
    sync(connection, news)
    assert entries(connection) == [(None, None, False)]
    assert covering(connection, "of") == ["B"]
    write_a("Other words.")
    sync(connection, news)
    assert entries(connection) == [("A", True, True)]
    assert covering(connection, "of") == covering(connection, "words") == ["B"]
    story.unlink()
    sync(connection, news)
    assert entries(connection) == [("A", True, True)]
    assert covering(connection, "words") == []
    write_story(news, "b.md", title="B", url="https://a.example/2")  # names nothing any more
    sync(connection, news)
    assert entries(connection) == []
    write_story(news, "b.md", title="B", url="https://a.example/2", related=[told])
    write_a("Of A.")
    sync(connection, news)
    assert entries(connection) == [(None, None, False)]
    story.unlink()
    sync(connection, news)
    assert entries(connection) == [("A", True, True)]
    assert covering(connection, "of") == ["B"]
    for index in INDEXES:
        connection.execute(f"INSERT INTO {index}({index}, rank) VALUES ('integrity-check', 1)")


def test_a_few_files_are_merged_as_they_come(
    tmp_path: Path, connection: sqlite3.Connection, write_story: WriteStory
) -> None:
    write_stories(tmp_path / "news", write_story, 3)
    sync(connection, tmp_path / "news")
    assert merging(connection) == {}


def test_what_an_interrupted_sync_did_not_merge_is_merged_by_the_next(
    tmp_path: Path, connection: sqlite3.Connection, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_stories(tmp_path / "news", write_story)
    few_at_a_time(monkeypatch)

    def interrupt(progress: Progress) -> None:
        if progress.files == progress.of_files == 60:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sync(connection, tmp_path / "news", interrupt)
    assert merging(connection)["automerge"] == 0
    assert pieces(connection) > 20
    sync(connection, tmp_path / "news")  # has but a few files to read, or none
    assert merging(connection)["automerge"] == 4
    assert pieces(connection) < 8
    assert len(finds(connection, "common")) == 60


def steps_of_merging(connection: sqlite3.Connection, other: sqlite3.Connection) -> tuple[int, int]:
    """In how many transactions is merged, and between how many of them another program could write."""
    begun: list[str] = []
    between = 0

    def look(_: float) -> None:
        nonlocal between
        with transaction(other):
            between += 1

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(word_indexes, "sleep", look)
        connection.set_trace_callback(lambda sql: begun.append(sql) if sql.startswith("BEGIN") else None)
        word_indexes.merge(connection, INDEXES)
        connection.set_trace_callback(None)
    return len(begun), between


@pytest.mark.parametrize(("pages", "is_in_steps"), [(1, True), (1_000_000, False)])
def test_merging_goes_in_steps_between_which_others_can_write(
    tmp_path: Path, connection: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, *, pages: int, is_in_steps: bool
) -> None:
    word_indexes.let_merging_wait(connection)
    for number in range(8):
        words = " ".join(f"w{number}x{word}" for word in range(1_500))  # some pages in each piece
        with transaction(connection):
            connection.execute(
                "INSERT INTO story_words(rowid, title, excerpt, body, provider, topics) VALUES (?, '', '', ?, '', '')",
                (number, words),
            )
    assert pieces(connection) == 8
    monkeypatch.setattr(word_indexes, "_PAGES", pages)
    with closing(schema.connect(tmp_path / "index.sqlite3")) as other:
        steps, between = steps_of_merging(connection, other)
    assert pieces(connection) < 4
    assert (steps > 12) == is_in_steps
    assert (between > 8) == is_in_steps


@pytest.mark.parametrize(
    ("bounds", "transactions"),
    [
        ({}, [4, 4, 8, 16, 32, 36]),  # each as large as all before it
        ({"MOST_HELD": 8}, [4, 4, *[8] * 11, 4]),
        ({"MOST_HELD_BYTES": 600}, [4, 4, *[8] * 11, 4]),  # of 100 bytes each, in pieces of 4
        ({"LONGEST_HELD": 0.0}, [4] * 25),
    ],
)
def test_what_was_read_is_written_some_pieces_at_a_time(
    connection: sqlite3.Connection,
    monkeypatch: pytest.MonkeyPatch,
    bounds: dict[str, float],
    transactions: list[int],
) -> None:
    for name, bound in bounds.items():
        monkeypatch.setattr(syncing, name, bound)
    stamps = [FileStamp(b"%03d.md" % number, 100, 0, number) for number in range(100)]
    record = StoryRecord(
        number=1,
        key="key",
        row=ArticleRow("Title", "", "", "", None, 0, None, "", ""),
        body="",
        topics=(),
        entries=[],
        new={},
        flaws=(),
        heat=None,
        has_image=False,
        has_amp=False,
    )

    class InFours(reading.Reading):
        def __init__(self) -> None:
            pass

        def read(self, stamps: Iterable[FileStamp], *, heads: bool) -> Iterator[list[FileRead]]:
            listed = list(stamps)
            for start in range(0, len(listed), 4):
                yield [FileRead(stamp, Outcome(record, True)) for stamp in listed[start : start + 4]]

    sizes: list[int] = []
    told: list[int] = []

    class Counted(syncing._Writing):
        def _write(self, read: Sequence[FileRead]) -> None:
            sizes.append(len(read))
            super()._write(read)

    Counted(connection, InFours(), lambda progress: told.append(progress.files)).early(stamps)
    assert sizes == transactions
    assert told == list(range(4, 101, 4))
    assert connection.execute("SELECT count(*) FROM stories").fetchone() == (100,)


def test_a_file_whose_coverage_was_removed_meanwhile_is_read_again(
    tmp_path: Path, connection: sqlite3.Connection, write_story: WriteStory
) -> None:
    news = tmp_path / "news"
    entry = {"title": "Related", "url": "https://web.example/1"}
    for name in ("a.md", "b.md"):
        write_story(news, name, related=[entry])
    stamps = {stamp.path: stamp for folder in scan(news) for stamp in folder.stamps()}
    reader = RecordReader(news)
    (first, _), (second, _) = reader.heads([b"a.md"]) + reader.heads([b"b.md"])
    assert isinstance(first, StoryRecord)
    assert isinstance(second, StoryRecord)
    assert first.new
    assert not second.new  # the entry was handed over with the other file
    writer = Writer(connection)
    with writer.transaction():
        writer.put(stamps[b"a.md"], first, WHOLE)
    with closing(schema.connect(tmp_path / "index.sqlite3")) as other, transaction(other):
        other.execute("DELETE FROM mentions")
        other.execute("DELETE FROM entries")
    with writer.transaction():
        writer.put(stamps[b"b.md"], second, WHOLE)
    sync(connection, news)
    linked = "SELECT count(*) FROM mentions m JOIN stories s ON s.id = m.story WHERE s.path = ?"
    assert connection.execute(linked, (b"b.md",)).fetchone() == (1,)


def test_a_piece_of_work_is_bounded_in_bytes(
    tmp_path: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_stories(tmp_path, write_story, 9)
    (tmp_path / "large.md").write_text("---\ntitle: Large\n---\n" + "word " * 2_000, encoding="utf-8")
    stamps = sorted(chain.from_iterable(folder.stamps() for folder in scan(tmp_path)))
    monkeypatch.setattr(reading, "BATCH_BYTES", 3 * stamps[0].size)
    with reading.Reading(tmp_path) as reader:
        read = list(reader.read(stamps, heads=True))
    assert [[one.stamp.path for one in piece] for piece in read] == [
        [b"000.md", b"001.md", b"002.md"], [b"003.md", b"004.md", b"005.md"], [b"006.md", b"007.md", b"008.md"],
        [b"large.md"],
    ]  # fmt: skip
