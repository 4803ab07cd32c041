"""No file takes so long that those behind it are not read."""

from __future__ import annotations

import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.library import Library
from reader.library.sync import records
from reader.library.sync.file_time import FileTime, TooLongError
from reader.library.sync.records import RecordReader, StoryRecord, UnreadRecord
from reader.stories.files import parse_story
from reader.stories.limits import DEFAULT_LIMITS, FILE_SECONDS

if TYPE_CHECKING:
    from conftest import WriteStory
    from reader.stories.model import Story


def busy(seconds: float) -> None:
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass


def test_what_takes_too_long_is_ended_and_what_comes_after_is_not() -> None:
    clock = FileTime(0.1)
    with pytest.raises(TooLongError):
        clock.within(busy, 5)
    assert clock.within(str.upper, "a") == "A"
    busy(0.2)


def test_what_is_ready_once_ends_one_after_the_other_and_leaves_the_signal_as_it_was() -> None:
    clock, before = FileTime(0.05), signal.getsignal(signal.SIGPROF)
    with clock.ready():
        mine = signal.getsignal(signal.SIGPROF)
        for _ in range(2):
            with pytest.raises(TooLongError):
                clock.within(busy, 5)
            assert clock.within(str.upper, "a") == "A"
            assert signal.getsignal(signal.SIGPROF) == mine != before
        busy(0.1)
    assert signal.getsignal(signal.SIGPROF) == before
    with pytest.raises(TooLongError):
        clock.within(busy, 5)
    assert signal.getsignal(signal.SIGPROF) == before


def test_waiting_is_no_work() -> None:
    FileTime(0.05).within(time.sleep, 0.2)


def test_another_thread_goes_on_without_a_bound() -> None:
    ended: list[str] = []
    clock = FileTime(0.01)
    worker = threading.Thread(target=lambda: ended.append(str(clock.within(busy, 0.1))))
    worker.start()
    worker.join()
    assert ended == ["None"]


def test_larger_files_have_more_time() -> None:
    assert FileTime.of(DEFAULT_LIMITS).seconds == FILE_SECONDS
    tenfold = DEFAULT_LIMITS._replace(file_bytes=10 * DEFAULT_LIMITS.file_bytes)
    assert FileTime.of(tenfold).seconds == 10 * FILE_SECONDS
    assert FileTime.of(DEFAULT_LIMITS._replace(file_bytes=1)).seconds == FILE_SECONDS


@pytest.mark.parametrize("way", ["heads", "wholes"])
def test_a_file_that_takes_too_long_is_refused_with_words(
    tmp_path: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    for name in "abc":
        write_story(tmp_path, f"{name}.md", title=f"Story {name}")
    read = parse_story

    def parse(data: bytes, path: Path, *rest: object) -> Story | None:
        busy(10 if path.name == "b.md" else 0)
        return read(data, path, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(records, "parse_story", parse)
    monkeypatch.setattr(records, "parse_rest", lambda *_: None)
    reader = RecordReader(tmp_path, time=FileTime(0.1))
    (first, _), (second, is_whole), (third, _) = getattr(reader, way)([b"a.md", b"b.md", b"c.md"])
    assert isinstance(first, StoryRecord)
    assert isinstance(third, StoryRecord)
    assert second == UnreadRecord(0, "took longer than 0.1 s to be read", is_passing=False)
    assert is_whole


def test_stories_beside_a_file_of_many_directives_are_listed_at_once(tmp_path: Path, write_story: WriteStory) -> None:
    write_story(tmp_path / "n", "b.md")
    tags = "".join(f"%TAG !{number}! tag:a.test,2020:{number}\n" for number in range(80_000))
    (tmp_path / "n" / "a.yaml").write_text(f"{tags}---\ntitle: A\n")
    begun = time.monotonic()
    with Library(tmp_path / "n", tmp_path / "cache") as library:
        library.sync()
        assert len(library.index.ids()) == 1
        assert [(problem.line, problem.reason) for problem in library.index.problems()] == [
            (1, "more than 20 lines of % directives")
        ]
    assert time.monotonic() - begun < 40
