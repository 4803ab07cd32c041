"""An end for what is asked of a server, whatever it waits for then: a server can send for ever without saying a thing.

A limit on each reading of a socket does not end that: headers that come a byte a minute, `100 Continue` without an end,
a name within a gzip file that goes on and on are all read inside the libraries. So the socket is closed under them.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

from reader.feeds.errors import FetchError

TOO_LONG = "it took too long"


@dataclass
class _Asking:
    """What one thread asks for now.

    Attributes:
        twin: a second handle of the socket that it goes by. The first is not to be had while TLS is agreed on.
        is_over: whether its time is over.
    """

    twin: socket.socket | None = None
    is_over: bool = False

    def take(self, twin: socket.socket | None) -> None:
        """Go by another socket, or by none."""
        before, self.twin = self.twin, twin
        if before is not None:
            before.close()
        if self.is_over:
            self.end()

    def end(self) -> None:
        """End it."""
        self.is_over = True
        if (twin := self.twin) is not None:
            with suppress(OSError):  # it has ended by itself
                twin.shutdown(socket.SHUT_RDWR)


class Deadlines:
    """The ends of what threads ask for. Each thread asks for one thing at a time."""

    def __init__(self) -> None:
        self._local = threading.local()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Let this thread ask for something, and end that after so many seconds.

        Raises:
            FetchError: it took longer; or the block's own.
        """
        asking = self._local.asking = _Asking()
        timer = threading.Timer(seconds, asking.end)
        timer.daemon = True
        timer.start()
        try:
            yield
        except FetchError as error:
            if not asking.is_over:
                raise
            raise FetchError(TOO_LONG) from error
        finally:
            timer.cancel()
            asking.take(None)
        if asking.is_over:  # what was cut off may look like an end
            raise FetchError(TOO_LONG)

    def goes_by(self, connected: socket.socket) -> None:
        """Say by which socket this thread asks now; it may be closed and another made by TLS meanwhile."""
        asking: _Asking = self._local.asking
        asking.take(socket.socket(fileno=os.dup(connected.fileno())))
