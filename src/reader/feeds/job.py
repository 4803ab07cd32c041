"""Bringing news in while the screen is shown, by a process of its own: `job_child`.

A thread that reads and writes thousands of entries would take time from the thread that draws; and a process can be
ended at any moment, as every file is written whole or not at all. The process reads one line of JSON, its assignment,
and prints lines of JSON: how far it is, and at the end what came of it.
"""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass
from typing import Any, NamedTuple

from reader.feeds.errors import FeedError, FetchingBusyError
from reader.feeds.model import FetchProgress
from reader.settings.config import Config


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a job is to do: ask the feeds, or fetch one text.

    Attributes:
        library: the library's folder.
        now: the time, as ISO 8601 has it.
        cache: the folder of the indexes; empty where only one text is fetched.
        marks: the file of the marks; empty where nothing is to be marked.
        settings: the settings that a job needs, in a form that JSON can hold.
        due_only: as in `Fetching.run`.
        text_of: the story's file whose whole text is to be fetched; empty where feeds are asked.
    """

    library: str
    now: str
    cache: str = ""
    marks: str = ""
    settings: tuple[tuple[str, Any], ...] = ()
    due_only: bool = False
    text_of: str = ""


class Brought(NamedTuple):
    """What came of a job.

    Attributes:
        new: stories that are new.
        changed: stories that changed.
        asked: feeds that were asked.
        failed: what went wrong, a line each, for a person.
        in_file: for a text: whether it was written into the story's file.
    """

    new: int = 0
    changed: int = 0
    asked: int = 0
    failed: tuple[str, ...] = ()
    in_file: bool = False


def settings_for(config: Config) -> tuple[tuple[str, Any], ...]:
    """The settings that a job needs, as an `Assignment` has them."""
    names = ("own_hosts", "rules", "full_text", "follow_links", "max_file_mb")
    return tuple((name, getattr(config, name)) for name in names)


class Job:
    """A process that does one assignment."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._is_cancelled = False

    def run(self, assignment: Assignment, on_progress: Callable[[FetchProgress], None] = lambda _: None) -> Brought:
        """Do an assignment, and wait for it: not to be called where keys would wait as well.

        Raises:
            FetchingBusyError: another copy of the program asks the feeds now.
            FeedError: it failed, or was cancelled.
        """
        command = [sys.executable, "-P", "-m", "reader.feeds.job_child"]
        with self._lock:
            if self._is_cancelled:
                raise FeedError("it was cancelled")
            try:
                self._child = subprocess.Popen(  # noqa: S603 — this program itself
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                    start_new_session=True,
                )  # fmt: skip
            except OSError as error:
                raise FeedError(f"it cannot be started: {error.strerror}") from error
        with self._child as child:
            assert child.stdin is not None  # noqa: S101 — a pipe
            assert child.stdout is not None  # noqa: S101 — as well
            with suppress(OSError):  # it has ended: what it said tells
                child.stdin.write(json.dumps(asdict(assignment)).encode() + b"\n")
                child.stdin.flush()
            for line in child.stdout:
                told = json.loads(line)
                if "progress" in told:
                    on_progress(FetchProgress(*told["progress"]))
                elif "busy" in told:
                    raise FetchingBusyError(told["busy"])
                elif "error" in told:
                    raise FeedError(told["error"])
                else:
                    brought = Brought(*told["brought"])
                    return brought._replace(failed=tuple(brought.failed))
        raise FeedError("it was cancelled" if self._is_cancelled else "it ended before it was done")

    def cancel(self) -> None:
        """End it: nothing that was written is lost, and nothing is half written."""
        with self._lock:
            self._is_cancelled = True
            if self._child is not None and self._child.poll() is None:
                self._child.kill()
