"""What a stranger's text may have the program connect with."""

from __future__ import annotations

import random
import re
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from hostile.hosts import hostile_hosts
from reader.outside.addresses import AddressError, Guard
from reader.outside.images.errors import ImageError
from reader.outside.images.fetch import fetch
from web import Web, png, serving

Answers = Callable[..., None]


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> Answers:
    """Sets what a name leads to, one list of addresses for each look-up; the last one stays."""
    names: dict[str, list[list[str]]] = {}
    usual = socket.getaddrinfo

    def look_up(host: str, port: Any, *rest: Any, **others: Any) -> list[Any]:
        host = host.lower()
        if host not in names:
            return usual(host, port, *rest, **others)
        found = names[host].pop(0) if len(names[host]) > 1 else names[host][0]
        families = [(socket.AF_INET6 if ":" in address else socket.AF_INET, address) for address in found]
        return [
            (family, socket.SOCK_STREAM, 6, "", (address, port, 0, 0)[: 4 if ":" in address else 2])
            for family, address in families
        ]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)

    def answer(name: str, *found: list[str]) -> None:
        names[name] = list(found)

    return answer


@pytest.fixture
def other() -> Iterator[Web]:
    """A second server, which nobody allowed."""
    with serving() as web:
        yield web


def port_of(web: Web) -> str:
    return web.url.rpartition(":")[2]


def test_this_machine_is_not_reached(web: Web) -> None:
    for host in (
        "127.0.0.1",
        "localhost",
        "127.1",
        "0x7f000001",
        "0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
    ):
        with pytest.raises(ImageError, match=r"it is not fetched: .* of this machine"):
            fetch(f"http://{host}:{port_of(web)}/admin?reboot=1")
    assert web.asked == []


@pytest.mark.parametrize(
    "address", ["127.0.0.1", "::1", "10.0.0.1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "fe80::1%lo"]
)
def test_a_name_that_leads_to_one_s_own_network_is_refused(web: Web, answers: Answers, address: str) -> None:
    answers("news.example", [address])
    with pytest.raises(ImageError, match=r"it is not fetched: news\.example is an address of"):
        fetch(f"http://news.example:{port_of(web)}/a.png")
    with pytest.raises(ImageError, match=r"it is not fetched: news\.example is an address of"):
        fetch(f"https://news.example:{port_of(web)}/a.png")
    assert web.asked == []


def test_a_redirect_is_judged_as_well(web: Web, other: Web, answers: Answers) -> None:
    answers("near.example", ["127.0.0.1"])
    get = partial(fetch, own_hosts=["127.0.0.1"])
    for number, host in enumerate(("near.example", "localhost", "127.1", "[::1]")):
        with pytest.raises(ImageError, match="it is not fetched"):
            get(web.redirect(f"/{number}", f"http://{host}:{port_of(other)}/a.png"))
    assert other.asked == []
    other.serve("/a.png", png(1, 1))
    assert get(web.redirect("/own", f"{other.url}/a.png")) == png(1, 1)


def test_a_name_is_looked_up_once(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    answers("turns.example", ["93.184.216.34"], ["127.0.0.1"])
    reached: list[object] = []

    def connect(address: object, *_: object) -> socket.socket:
        reached.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(ConnectionRefusedError):
        Guard().connect(("turns.example", 80), 1)
    assert reached == [("93.184.216.34", 80)]
    with pytest.raises(AddressError, match="of this machine"):
        Guard().connect(("turns.example", 80), 1)


def test_whom_one_is_connected_with_is_looked_at_once_more(
    web: Web, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers("news.example", ["93.184.216.34"])
    usual = socket.create_connection
    monkeypatch.setattr(socket, "create_connection", lambda *_: usual(("127.0.0.1", int(port_of(web)))))
    with pytest.raises(AddressError, match="of this machine"):
        Guard().connect(("news.example", 80), 1)


def test_of_several_addresses_those_of_the_web_are_tried(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    answers("both.example", ["10.0.0.1", "93.184.216.34", "2606:4700::1111", "::1"])
    reached: list[str] = []

    def connect(address: tuple[str, int], *_: object) -> socket.socket:
        reached.append(address[0])
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(AddressError):
        Guard().connect(("both.example", 80), 1)
    assert reached == ["93.184.216.34", "2606:4700::1111"]


def test_a_host_of_one_s_own_is_reached_by_its_name_alone(web: Web, answers: Answers) -> None:
    answers("nas.example", ["127.0.0.1"])
    web.serve("/a.png", png(1, 1))
    assert fetch(f"http://NAS.example:{port_of(web)}/a.png", own_hosts=["nas.example"]) == png(1, 1)
    with pytest.raises(ImageError, match="of this machine"):
        fetch(f"{web.url}/a.png", own_hosts=["nas.example"])


def test_one_s_own_proxy_is_used_and_not_led_astray(
    web: Web, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers("news.example", ["93.184.216.34"])
    answers("near.example", ["10.0.0.1"])
    monkeypatch.setenv("http_proxy", web.url)
    web.serve("http://news.example/a.png", png(1, 1))
    assert fetch("http://news.example/a.png") == png(1, 1)
    for url in (f"{web.url}/a.png", "http://localhost/a.png", "http://near.example/a.png"):
        with pytest.raises(ImageError, match="it is not fetched"):
            fetch(url)
    assert web.asked == ["http://news.example/a.png"]


def test_a_thousand_hostile_addresses_reach_nothing(
    web: Web, answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    reached: list[object] = []
    monkeypatch.setattr(socket, "create_connection", lambda address, *_: reached.append(address))
    for host in hostile_hosts(1_000):
        if host.endswith(".example"):
            answers(host, [random.Random(host).choice(["127.0.0.1", "::1", "10.1.2.3", "64:ff9b::7f00:1"])])
        with pytest.raises(ImageError, match="it is not fetched"):
            fetch(f"http://{host}:{port_of(web)}/admin?reboot=1")
    assert reached == []
    assert web.asked == []


def reached_by(trace: str) -> set[str]:
    """The ports of the connections over IP that a trace tells of, and `all` for what is sent without one."""
    connected = set(re.findall(r"connect\(\d+, \{sa_family=AF_INET6?, sin6?_port=htons\((\d+)\)", trace))
    return connected | {"all" for _ in re.findall(r"send(?:to|msg|mmsg)\([^\n]*sa_family=AF_INET", trace)}


FETCHING = """
import sys
from reader.outside.images.errors import ImageError
from reader.outside.images.fetch import fetch

refused = got = 0
for url in sys.stdin.read().split():
    try:
        fetch(url, own_hosts=["127.0.0.1"])
        got += 1
    except ImageError as error:
        refused += "it is not fetched" in str(error)
print(refused, got)
"""


@pytest.mark.parametrize("count", [30, pytest.param(1_000, marks=pytest.mark.long)])
def test_the_kernel_sees_no_connection_but_with_the_host_that_is_allowed(
    web: Web, other: Web, tmp_path: Path, count: int
) -> None:
    trace, own = tmp_path / "trace", web.serve("/own.png", png(1, 1))
    watched = ["strace", "-f", "-e", "trace=connect,sendto,sendmsg,sendmmsg", "-o", str(trace)]
    if subprocess.run([*watched, "true"], check=False, capture_output=True).returncode:
        pytest.skip("nothing can be traced here")
    hosts = [host for host in hostile_hosts(2 * count) if not host.endswith(".example") and host != "127.0.0.1"][:count]
    hostile = [f"http://{host}:{port_of(other)}/admin?reboot=1" for host in hosts]
    led = [web.redirect(f"/{number}", url) for number, url in enumerate(hostile)]
    ended = subprocess.run(
        [*watched, sys.executable, "-c", FETCHING],
        input="\n".join([*hostile, *led, own]),
        capture_output=True,
        text=True,
        check=True,
    )
    assert ended.stdout.split() == [str(2 * len(hosts)), "1"]
    assert len(hosts) >= count * 0.9
    assert other.asked == []
    assert sorted(web.asked) == sorted(["/own.png", *(f"/{number}" for number in range(len(hosts)))])
    assert reached_by(trace.read_text()) == {port_of(web)}
