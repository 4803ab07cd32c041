"""Asking a server for a feed or a page: politely, within limits of time and size, and nowhere but on the web.

It is done by urllib3. Unlike httpx, which has slept since 2024, and its successor httpx2, urllib3 needs no other
package, lets the guard make each connection, and decompresses no more than is asked for.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from typing import Any, NamedTuple
from urllib.parse import SplitResult, unquote, urljoin, urlsplit, urlunsplit
from urllib.request import getproxies, proxy_bypass

from urllib3 import BaseHTTPResponse, HTTPConnectionPool, HTTPSConnectionPool, PoolManager, ProxyManager, Timeout
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import (
    DecodeError,
    EmptyPoolError,
    HTTPError,
    IncompleteRead,
    NewConnectionError,
    ProtocolError,
)
from urllib3.util import make_headers

from reader import __version__
from reader.base.pipes import raising_broken_pipes
from reader.base.text import clean
from reader.feeds.errors import FetchError
from reader.feeds.model import public_url
from reader.feeds.web.deadlines import TOO_LONG, Deadlines
from reader.outside.addresses import AddressError, Guard
from reader.stories.limits import FEED_BYTES, FEED_RAW_BYTES, FEED_SECONDS
from reader.stories.networks import host_reach
from reader.stories.urls import is_web

USER_AGENT = f"story-reader/{__version__}"
"""The header that names the program; it says nothing about the person."""

CONNECTIONS_A_HOST = 2

FEEDS = "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, */*;q=0.5"
PAGES = "text/html, application/xhtml+xml, */*;q=0.5"
"""The `Accept` headers for feeds and for pages."""

_MOST_REDIRECTS = 5
_PIECE = 65_536
_TIMES = Timeout(connect=10, read=20)
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_PERMANENT = frozenset({301, 308})
_HEADER_CHARACTERS = 2_000
_POOLS = 64
"""How many hosts connections are kept open to."""

_WORDS: Mapping[type[BaseException], str] = {
    socket.gaierror: "its host is not known",
    TimeoutError: "it did not answer in time",
    EmptyPoolError: "its host has no time",
    IncompleteRead: "it broke off",
    DecodeError: "it is not compressed as it says",
}


class Response(NamedTuple):
    """The answer of a server.

    Attributes:
        status: its HTTP status.
        headers: its headers, by their names in lower case.
        data: its body, decompressed; empty unless `status` is 200.
        url: the address that was answered, after redirects, without a name and a password.
        moved: the address to which it has moved for good, as the server says; empty where it has not.
    """

    status: int
    headers: Mapping[str, str]
    data: bytes
    url: str
    moved: str

    def header(self, name: str) -> str:
        """A header; empty where there is none, or it is absurdly long."""
        value = self.headers.get(name, "")
        return value if len(value) <= _HEADER_CHARACTERS else ""


class Web:
    """Fetches feeds and pages. Threads may use one instance at the same time.

    Args:
        own_hosts: hosts of this machine or of the person's own network that may be reached. Besides these, such a host
            is reached only where the address of a feed itself names it.
        seconds: the most seconds that one request may take.
    """

    def __init__(self, own_hosts: Iterable[str] = (), seconds: float = FEED_SECONDS) -> None:
        self._own_hosts = tuple(own_hosts)
        self._seconds = seconds
        self._deadlines = Deadlines()
        self._managers: dict[tuple[str, str], PoolManager] = {}
        self._lock = threading.Lock()

    def close(self) -> None:
        """Close all connections that are not in use."""
        for manager in self._managers.values():
            manager.clear()

    def ask(
        self, url: str, etag: str = "", modified: str = "", *, trusted: str | None = None, accept: str = FEEDS
    ) -> Response:
        """Fetch what is at an address, unless it is the same as the last time.

        Args:
            url: the address; it may hold a name and a password.
            etag: the header `ETag` of the last answer; empty for none.
            modified: the header `Last-Modified` of the last answer; empty for none.
            trusted: the host that may be reached even on the person's own network: that of the feed which named the
                address. None where this is the address of a feed, which the person gave: then its own host may be.
            accept: the header `Accept`.

        Raises:
            FetchError: there is no answer, or it is too large.
        """
        with raising_broken_pipes(), self._deadlines.within(self._seconds):
            return self._ask(url, etag, modified, trusted, accept)

    def _ask(self, url: str, etag: str, modified: str, trusted: str | None, accept: str) -> Response:
        end = time.monotonic() + self._seconds
        first = parts = urlsplit(url)
        moved, is_for_good = "", True
        for _ in range(_MOST_REDIRECTS + 1):
            if time.monotonic() > end:
                raise FetchError(TOO_LONG)
            headers = {"User-Agent": USER_AGENT, "Accept": accept, "Accept-Encoding": "gzip, br"}
            kept = {"If-None-Match": etag, "If-Modified-Since": modified}
            headers |= {name: value for name, value in kept.items() if value}
            if _origin(parts) == _origin(first):
                headers |= _authorization(first)
            response = self._open(parts, first.hostname or "" if trusted is None else trusted, headers)
            try:
                target = _target(response, parts)
                if not target:
                    data = _data(response, end) if response.status == HTTPStatus.OK else b""
                    named = {name.lower(): value for name, value in response.headers.items()}
                    return Response(response.status, named, data, _address(parts), moved)
                is_for_good = is_for_good and response.status in _PERMANENT
                moved = target if is_for_good else moved
                parts = urlsplit(target)
            finally:
                _let_go(response)
        raise FetchError("it leads in a circle")

    def _open(self, parts: SplitResult, trusted: str, headers: Mapping[str, str]) -> BaseHTTPResponse:
        try:
            return self._asked(self._manager(parts, trusted), _address(parts), headers)
        except AddressError as error:
            raise FetchError(f"it is not asked: {error}") from error
        except (HTTPError, OSError, ValueError) as error:
            raise FetchError(_in_words(error)) from error

    def _asked(self, manager: PoolManager, address: str, headers: Mapping[str, str]) -> BaseHTTPResponse:
        """Send a request, and again, while there is time, where the server closes the connection without an answer.

        It may be one that was kept open, and that the server closes just when it is used.

        Raises:
            HTTPError, OSError, ValueError: there is no answer.
        """
        for kept in reversed(range(CONNECTIONS_A_HOST + 1)):
            try:
                return manager.urlopen(
                    "GET", address, headers=headers, redirect=False, retries=False, preload_content=False,
                    timeout=_TIMES, pool_timeout=_TIMES.read_timeout,
                )  # fmt: skip
            except ProtocolError as error:
                is_closed = isinstance(error.__cause__ or error.__context__, ConnectionError)
                if not (kept and is_closed) or self._deadlines.is_over:
                    raise
        raise AssertionError  # not reached: the last try raises its error

    def _manager(self, parts: SplitResult, trusted: str) -> PoolManager:
        """The pool for a request. Connections are used again, so there is one pool for each set of allowed hosts."""
        host, scheme = parts.hostname or "", parts.scheme.lower()
        own = trusted if host_reach(trusted) else ""
        guard = Guard([*self._own_hosts, *([own] if own else [])])
        proxy = _proxy(host, scheme)
        if proxy:
            guard = guard.behind_proxy(host, urlsplit(proxy).hostname or "")
        with self._lock:
            if (proxy, own) not in self._managers:
                self._managers[proxy, own] = _pools(guard, proxy, self._deadlines)
            return self._managers[proxy, own]


def _proxy(host: str, scheme: str) -> str:
    """The address of the person's proxy for a host, with a scheme; empty where there is none."""
    proxy = "" if proxy_bypass(host) else getproxies().get(scheme, "")
    return f"http://{proxy}" if proxy and "://" not in proxy else proxy


class _Guarded(HTTPConnection):
    """A connection that is made by a guard, and has a deadline.

    In urllib3, `_new_conn` is the only place where a socket can be made.
    """

    guard: Guard
    deadlines: Deadlines

    def _new_conn(self) -> socket.socket:
        try:
            made = self.guard.connect((self.host, self.port), self.timeout)
        except OSError as error:
            raise NewConnectionError(self, str(error)) from error
        self.deadlines.goes_by(made)
        return made

    def request(self, *args: Any, **others: Any) -> None:
        """Send a request; the connection may be one that was kept open."""
        if self.sock is not None:
            self.deadlines.goes_by(self.sock)
        super().request(*args, **others)


def _pools(guard_: Guard, proxy: str, deadlines_: Deadlines) -> PoolManager:
    """Pools of guarded connections, by a proxy where there is one."""

    class Plain(_Guarded):
        guard, deadlines = guard_, deadlines_

    class Secure(_Guarded, HTTPSConnection):
        guard, deadlines = guard_, deadlines_

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    asked: dict[str, Any] = {"num_pools": _POOLS, "maxsize": CONNECTIONS_A_HOST, "block": True}
    if proxy:
        named = _credentials(urlsplit(proxy))
        headers = make_headers(proxy_basic_auth=named) if named else None
        manager: PoolManager = ProxyManager(proxy, proxy_headers=headers, **asked)
    else:
        manager = PoolManager(**asked)
    manager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}
    return manager


def _target(response: BaseHTTPResponse, parts: SplitResult) -> str:
    """The address to which an answer redirects, without a name and a password; empty where it does not."""
    if response.status not in _REDIRECTS:
        return ""
    location = response.headers.get("Location", "").strip()
    try:
        target = urljoin(_address(parts), location)
    except ValueError:
        target = ""
    if not location or not is_web(target):
        raise FetchError("it leads on to something that is no web address")
    return public_url(target)


def _data(response: BaseHTTPResponse, end: float) -> bytes:
    """The body of an answer, decompressed."""
    too_large = FetchError(f"larger than {FEED_RAW_BYTES / 1e6:,.0f} MB, or {FEED_BYTES / 1e6:,.0f} MB decompressed")
    length = response.headers.get("Content-Length", "")
    if length.isascii() and length.isdecimal() and int(length[:20]) > FEED_RAW_BYTES:
        raise too_large
    pieces, size = [], 0
    try:
        while piece := response.read1(_PIECE, decode_content=True):
            pieces.append(piece)
            size += len(piece)
            if size > FEED_BYTES or response.tell() > FEED_RAW_BYTES:
                raise too_large
            if time.monotonic() > end:
                raise FetchError(TOO_LONG)
    except (HTTPError, OSError, ValueError) as error:
        raise FetchError(_in_words(error)) from error
    return b"".join(pieces)


def _let_go(response: BaseHTTPResponse) -> None:
    """Give the connection back to its pool; close it first where the answer was not read to its end."""
    if getattr(response, "length_remaining", None) == 0:
        response.drain_conn()
    response.close()
    response.release_conn()  # a closed one as well: else the pool would wait for it


def _address(parts: SplitResult) -> str:
    """An address as it is sent: in ASCII, without a name, a password, and the part after `#`."""
    host = parts.hostname or ""
    host = f"[{host}]" if ":" in host else host
    if not host.isascii():
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise FetchError("its host has a name that cannot be looked up") from error
    place = host if parts.port is None else f"{host}:{parts.port}"
    return urlunsplit((parts.scheme.lower(), place, parts.path, parts.query, ""))


def _origin(parts: SplitResult) -> tuple[str, str, int | None]:
    """The scheme, host and port of an address."""
    return parts.scheme, parts.hostname or "", parts.port


def _authorization(parts: SplitResult) -> dict[str, str]:
    """The header with the name and the password of an address; empty where it has neither."""
    named = _credentials(parts)
    return {"Authorization": make_headers(basic_auth=named)["authorization"]} if named else {}


def _credentials(parts: SplitResult) -> str:
    """The name and the password of an address, with a colon between them; empty where it has neither."""
    if parts.username is None and parts.password is None:
        return ""
    return f"{unquote(parts.username or '')}:{unquote(parts.password or '')}"


def _in_words(error: BaseException) -> str:
    """What went wrong, in words for a person."""
    reasons = [error]
    while (cause := reasons[-1].__cause__ or reasons[-1].__context__) and len(reasons) < 6:
        reasons.append(cause)
    for reason in reversed(reasons):
        if words := next((words for kind, words in _WORDS.items() if isinstance(reason, kind)), ""):
            return words
        if isinstance(reason, ssl.SSLError):
            return f"no safe connection: {clean(reason.reason or str(reason))[:120]}"
        if isinstance(reason, OSError) and reason.strerror:
            return clean(reason.strerror)
    return f"it does not speak HTTP: {clean(str(error))[:120]}"
