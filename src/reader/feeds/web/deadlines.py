"""Deadlines for whole requests: a server can send for ever without saying a thing.

A timeout for each read of a socket does not help: headers that come a byte a minute, endless `100 Continue`, an endless
name within a gzip file are all read inside the libraries. So at the deadline the socket is shut down under them.
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
    """The request of one thread.

    Attributes:
        twin: a second handle of its socket, as the first cannot be reached during the TLS handshake; None for none.
        is_over: whether its deadline has passed.
    """

    twin: socket.socket | None = None
    is_over: bool = False

    def take(self, twin: socket.socket | None) -> None:
        """Use another socket, or none."""
        before, self.twin = self.twin, twin
        if before is not None:
            before.close()
        if self.is_over:
            self.end()

    def end(self) -> None:
        """End the request: shut its socket down."""
        self.is_over = True
        if (twin := self.twin) is not None:
            with suppress(OSError):  # it has ended by itself
                twin.shutdown(socket.SHUT_RDWR)


class Deadlines:
    """The deadlines of requests in several threads. Each thread has one request at a time."""

    def __init__(self) -> None:
        self._local = threading.local()

    @contextmanager
    def within(self, seconds: float) -> Iterator[None]:
        """Within it, this thread makes a request, which is ended after so many seconds.

        Raises:
            FetchError: it took longer; or what the block itself raises.
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
        if asking.is_over:  # an answer that was cut off may look complete
            raise FetchError(TOO_LONG)

    @property
    def is_over(self) -> bool:
        """Whether the deadline of this thread's request has passed."""
        asking: _Asking = self._local.asking
        return asking.is_over

    def goes_by(self, connected: socket.socket) -> None:
        """Say which socket this thread uses now. TLS may replace it by another object without saying so."""
        asking: _Asking = self._local.asking
        asking.take(socket.socket(fileno=os.dup(connected.fileno())))
