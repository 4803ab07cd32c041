"""Bringing news in while the screen is shown, by another process: `job_child`.

A thread that parses and writes thousands of entries would take time from the thread that draws; and a process can be
ended at any moment, as every file is written whole or not at all. The process reads a line of JSON, its assignment, and
prints lines of JSON: how far it is, and at the end the result.
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
    """What a job is to do: ask the feeds, or fetch a full text.

    Attributes:
        library: the library's folder.
        now: the present time, in ISO 8601.
        cache: the folder of the indexes.
        marks: the file of the marks; empty where nothing is to be marked.
        settings: the settings that a job needs, each a name and a value that JSON can hold.
        due_only: as in `Fetching.run`.
        text_of: the file of the story whose full text is to be fetched; empty to ask the feeds.
    """

    library: str
    now: str
    cache: str = ""
    marks: str = ""
    settings: tuple[tuple[str, Any], ...] = ()
    due_only: bool = False
    text_of: str = ""


class Brought(NamedTuple):
    """The result of a job.

    Attributes:
        new: how many stories are new, without those that rules hide.
        changed: how many stories have changed.
        asked: how many feeds were asked.
        failed: what went wrong, as lines for a person.
        in_file: for a full text, whether it was written into the story's file.
        hidden: how many new stories the rules hide.
        note: what became of a memory of the feeds that was of no use; empty where it was of use.
    """

    new: int = 0
    changed: int = 0
    asked: int = 0
    failed: tuple[str, ...] = ()
    in_file: bool = False
    hidden: int = 0
    note: str = ""


def settings_for(config: Config) -> tuple[tuple[str, Any], ...]:
    """The settings that a job needs, as in `Assignment.settings`."""
    names = ("own_hosts", "rules", "full_text", "follow_links", "max_file_mb")
    return tuple((name, getattr(config, name)) for name in names)


class Job:
    """Has one assignment done by a process."""

    def __init__(self) -> None:
        self._child: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._is_cancelled = False

    def run(self, assignment: Assignment, on_progress: Callable[[FetchProgress], None] = lambda _: None) -> Brought:
        """Have an assignment done, and wait for it, so do not call it in the screen's thread.

        Args:
            assignment: the assignment.
            on_progress: called after each feed that was asked.

        Raises:
            FetchingBusyError: another copy of the program is asking the feeds now.
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
            with suppress(OSError):  # it has ended already: see below
                child.stdin.write(json.dumps(asdict(assignment)).encode() + b"\n")
                child.stdin.flush()
            for line in child.stdout:
                message = json.loads(line)
                if "progress" in message:
                    on_progress(FetchProgress(*message["progress"]))
                elif "busy" in message:
                    raise FetchingBusyError(message["busy"])
                elif "error" in message:
                    raise FeedError(message["error"])
                else:
                    brought = Brought(*message["brought"])
                    return brought._replace(failed=tuple(brought.failed))
        raise FeedError("it was cancelled" if self._is_cancelled else "it ended before it was done")

    def cancel(self) -> None:
        """End the process: all files that were written are whole."""
        with self._lock:
            self._is_cancelled = True
            if self._child is not None and self._child.poll() is None:
                self._child.kill()
