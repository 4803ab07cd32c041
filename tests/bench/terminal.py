"""A program on a pseudo-terminal, read by nothing that takes time: what it wrote, and when."""

from __future__ import annotations

import fcntl
import math
import os
import pty
import re
import select
import signal
import struct
import termios
import time
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

COLUMNS, ROWS = 120, 40

SILENCE = 0.06
"""Seconds without a byte after which all that was to be drawn is taken to be drawn."""

_READ = 1 << 16
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[a-zA-Z]|\x1b\[[<>=?][^a-zA-Z]*[a-zA-Z]|[\r\x00]")


class ProgramEndedError(RuntimeError):
    """The program ended, or did not write what was waited for."""


@dataclass(frozen=True, slots=True)
class Chunk:
    """What was read at once, and the time at which it was."""

    at: float
    data: bytes


@dataclass(frozen=True, slots=True)
class Press:
    """A key, and what the program wrote until it fell silent.

    Attributes:
        at: when the key was pressed.
        first: the number of the first chunk written after it.
        chunks: what was written after it.
    """

    at: float
    first: int
    chunks: tuple[Chunk, ...]

    @property
    def echo(self) -> float:
        """Seconds from the key to the first bytes; NaN where none came."""
        return self.chunks[0].at - self.at if self.chunks else math.nan

    @property
    def last_byte(self) -> float:
        """Seconds from the key to the last byte before silence; NaN where none came."""
        last = math.nan
        for chunk in self.chunks:
            if chunk.at - self.at - last >= SILENCE:
                break
            last = chunk.at - self.at
        return last


class Program:
    """A program on a pseudo-terminal of its own. Its questions to the terminal are left unanswered.

    Args:
        command: the program and its arguments.
        environment: the whole environment.
        farewell: bytes by which it leaves the screen before it ends, well or with an error.

    Attributes:
        pid: its process.
        started: when it was started, by `time.perf_counter`.
        chunks: all that it wrote.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str], farewell: bytes = b"") -> None:
        self._farewell = farewell
        self.chunks: list[Chunk] = []
        self.started = time.perf_counter()
        self.pid, self._terminal = pty.fork()
        if self.pid == 0:
            try:
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
                os.execvpe(command[0], list(command), dict(environment))
            finally:
                os._exit(127)

    def __enter__(self) -> Program:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def output(self) -> bytes:
        """All that it wrote."""
        return b"".join(chunk.data for chunk in self.chunks)

    def read(self, seconds: float) -> bool:
        """Take in what it writes next, for at most so long; says whether it wrote anything.

        Raises:
            ProgramEndedError: it has ended, or left the screen with an error.
        """
        if self._read(seconds):
            if self._farewell and self._farewell in self.chunks[-1].data:
                with suppress(ProgramEndedError):
                    while self._read(1):
                        pass
                raise ProgramEndedError(f"the program left the screen:\n{self.last_words()}")
            return True
        return False

    def last_words(self) -> str:
        """The end of what it wrote, without what moves and colours it."""
        return _ESCAPES.sub("", self.output[-30_000:].decode(errors="replace"))[-1_500:]

    def _read(self, seconds: float) -> bool:
        if not select.select([self._terminal], [], [], max(seconds, 0))[0]:
            return False
        try:
            data = os.read(self._terminal, _READ)
        except OSError:
            data = b""
        if not data:
            raise ProgramEndedError(f"the program ended:\n{self.last_words()}")
        self.chunks.append(Chunk(time.perf_counter(), data))
        return True

    def wait_for(self, words: re.Pattern[bytes], seconds: float = 60, since: int = 0) -> float:
        """Wait until it has written something; gives the time at which it had.

        Args:
            words: what.
            seconds: how long to wait.
            since: the number of the chunk to look from.

        Raises:
            ProgramEndedError: it ended, or the time ran out.
        """
        end = time.perf_counter() + seconds
        seen, tail = since, b""
        while True:
            while seen < len(self.chunks):
                tail += self.chunks[seen].data
                if words.search(tail):
                    return self.chunks[seen].at
                tail = tail[-4_000:]
                seen += 1
            left = end - time.perf_counter()
            if left <= 0:
                raise ProgramEndedError(f"waited in vain for {words.pattern!r}:\n{self.last_words()}")
            self.read(left)

    def rest(self, seconds: float) -> None:
        """Let it work for so long, taking in what it writes."""
        end = time.perf_counter() + seconds
        while (left := end - time.perf_counter()) > 0:
            self.read(left)

    def until_silent(self, silence: float, seconds: float = 60) -> None:
        """Wait until nothing has come for so long; a program that never falls silent is left after `seconds`."""
        end = time.perf_counter() + seconds
        while self.read(silence) and time.perf_counter() < end:
            pass

    def send(self, keys: bytes) -> None:
        """Press keys, and do not wait."""
        os.write(self._terminal, keys)

    def press(self, keys: bytes, pause: float = 0.3, silence: float = SILENCE, seconds: float = 10) -> Press:
        """Press a key, and take in what is drawn until the pause is over and the program silent.

        Args:
            keys: what to send.
            pause: seconds from one key to the next, at least.
            silence: seconds without a byte after which nothing more is waited for.
            seconds: after which a program that does not fall silent is left.
        """
        self.until_silent(0)
        place = len(self.chunks)
        at = last = time.perf_counter()
        self.send(keys)
        while True:
            now = time.perf_counter()
            left = max(at + pause - now, last + silence - now)
            if left <= 0 or now - at > seconds:
                break
            if self.read(left):
                last = self.chunks[-1].at
        return Press(at, place, tuple(self.chunks[place:]))

    def hold(self, keys: bytes, rate: float, seconds: float) -> Press:
        """Hold a key down; gives what was drawn after the last time it was sent.

        Args:
            keys: what to send.
            rate: how often a second.
            seconds: how long.
        """
        started = time.perf_counter()
        for number in range(int(rate * seconds) - 1):
            self.send(keys)
            while (left := started + (number + 1) / rate - time.perf_counter()) > 0:
                self.read(left)
        return self.press(keys, pause=0.6)

    def close(self) -> None:
        """End it and the processes that it started, however they are."""
        for kind in (signal.SIGTERM, signal.SIGKILL):
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, kind)
            if self._is_gone(0.5 if kind == signal.SIGTERM else 10):
                break
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)  # what it started and left behind
        os.close(self._terminal)

    def _is_gone(self, seconds: float) -> bool:
        end = time.perf_counter() + seconds
        while os.waitpid(self.pid, os.WNOHANG)[0] == 0:
            if time.perf_counter() > end:
                return False
            with suppress(ProgramEndedError):
                self._read(0.01)
            time.sleep(0.002)
        return True


def children(process: int) -> list[int]:
    """The processes that a process started, and those that they did."""
    parents: dict[int, int] = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            with suppress(OSError):
                parents[int(folder.name)] = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
    found = [process]
    for known in found:
        found += [child for child, parent in parents.items() if parent == known]
    return found[1:]


def resident_memory(process: int) -> int:
    """The bytes of memory that a process holds; 0 where it has ended."""
    with suppress(OSError):
        for line in Path(f"/proc/{process}/status").read_text().splitlines():
            if line.startswith("VmRSS:"):
                return int(line.split()[1]) * 1024
    return 0


def processor_time(processes: Iterable[int]) -> int:
    """The time that processes have worked, in ticks; one that has ended counts nothing."""
    ticks = 0
    for process in processes:
        with suppress(OSError):
            fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks
