"""The guard of every connection that a stranger's text causes: it may reach the web, but not the person's own network.

A name is looked up once, all its addresses are judged, and the connection goes to one of these: so a name that has
another address the next time changes nothing. Each redirect makes a connection of its own, and so is judged as well.
"""

from __future__ import annotations

import http.client
import socket
from collections.abc import Iterable
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, Request

from reader.base.errors import ReaderError
from reader.base.text import clean
from reader.stories.networks import host_reach, reach

_MOST_TRIED = 6
"""How many addresses of a name are tried."""


class AddressError(ReaderError):
    """No connection is made to an address; the message says why."""


class Guard:
    """Connects to hosts on the web, and to the hosts of the person's own that are allowed.

    Args:
        own_hosts: the hosts that are allowed, as `Config.own_hosts`.
    """

    def __init__(self, own_hosts: Iterable[str] = ()) -> None:
        self._own = frozenset(own_hosts)

    def handlers(self) -> tuple[HTTPHandler, HTTPSHandler]:
        """Handlers by which urllib opens http and https over guarded connections."""
        return _Http(self), _Https(self)

    def connect(
        self, address: tuple[str, int], timeout: Any = None, source: tuple[str, int] | None = None
    ) -> socket.socket:
        """Connect to a host; arguments and result as of `socket.create_connection`.

        Raises:
            AddressError: the host is this machine, or on the person's own network.
            OSError: it cannot be reached.
        """
        host, port = address
        if self._is_own(host):
            return socket.create_connection(address, timeout, source)
        self._judge_name(host)
        refused, failed = "", OSError(f"{clean(host)} has no address")
        for found in socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)[:_MOST_TRIED]:
            place = str(found[4][0])
            if words := reach(ip_address(place.partition("%")[0])):
                refused = refused or f"{clean(host)} is {words} ({place})"
                continue
            try:
                connected = socket.create_connection((place, port), timeout, source)
            except OSError as error:
                failed = error
                continue
            self._judge_peer(connected, host)
            return connected
        if refused:
            raise AddressError(refused)
        raise failed

    def behind_proxy(self, host: str, proxy: str) -> Guard:
        """The guard for a connection to the person's own proxy, which will look `host` up itself.

        Raises:
            AddressError: the host is known not to be on the web.
        """
        if not self._is_own(host):
            self._judge_name(host)
            try:
                found = socket.getaddrinfo(host, None, 0, socket.SOCK_STREAM)
            except OSError:
                found = []  # behind a proxy, this machine may not be able to look names up
            for one in found:
                if words := reach(ip_address(str(one[4][0]).partition("%")[0])):
                    raise AddressError(f"{clean(host)} is {words} ({one[4][0]})")
        return Guard([_plain(proxy)])

    def _is_own(self, host: str) -> bool:
        return _plain(host) in self._own

    def _judge_name(self, host: str) -> None:
        if words := host_reach(host):
            raise AddressError(f"{clean(host)} is {words}")

    def _judge_peer(self, connected: socket.socket, host: str) -> None:
        place = str(connected.getpeername()[0])
        if words := reach(ip_address(place.partition("%")[0])):
            connected.close()
            raise AddressError(f"{clean(host)} is {words} ({place})")


def _plain(host: str) -> str:
    return host.lower().strip("[]").rstrip(".")


def _guard_of(guard: Guard, request: Request) -> Guard:
    """The guard for the connection of a request; where that goes to a proxy, the guard for the proxy."""
    target, host = urlsplit(request.full_url).hostname or "", urlsplit(f"//{request.host}").hostname or ""
    is_proxied = request.has_proxy() or getattr(request, "_tunnel_host", None) is not None
    return guard.behind_proxy(target, host) if is_proxied else guard


class _Connection(http.client.HTTPConnection):
    def __init__(self, guard: Guard, host: str, **others: Any) -> None:
        super().__init__(host, **others)
        self._create_connection = guard.connect


class _SecureConnection(http.client.HTTPSConnection):
    def __init__(self, guard: Guard, host: str, **others: Any) -> None:
        super().__init__(host, **others)
        self._create_connection = guard.connect


class _Http(HTTPHandler):
    def __init__(self, guard: Guard) -> None:
        super().__init__()
        self._guard = guard

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        guard = _guard_of(self._guard, req)
        return self.do_open(lambda host, **others: _Connection(guard, host, **others), req)


class _Https(HTTPSHandler):
    def __init__(self, guard: Guard) -> None:
        super().__init__()
        self._guard = guard

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        guard = _guard_of(self._guard, req)
        return self.do_open(lambda host, **others: _SecureConnection(guard, host, **others), req)
