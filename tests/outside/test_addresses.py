"""What a stranger's text may have the program connect with."""

from __future__ import annotations

import random
import socket
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest

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


def hostile_hosts(count: int) -> Iterator[str]:
    """Ways of writing the address of this machine, and of machines beside it."""
    chance = random.Random(1)
    while count:
        last = chance.choice([1, 1, chance.randrange(1 << 24)])
        number = chance.choice([127, 10]) << 24 | last
        parts = [number >> 24, number >> 16 & 255, number >> 8 & 255, number & 255]
        short = [parts[:1], parts[:2], parts[:3]][chance.randrange(3)]
        tail = number & (1 << 8 * (4 - len(short))) - 1
        written = [chance.choice([f"{part}", f"{part:#x}", f"0{part:o}"]) for part in (*short, tail)]
        six = f"{number >> 16:x}:{number & 0xFFFF:x}"
        yield chance.choice(
            [
                str(number), hex(number), f"0{number:o}", ".".join(map(str, parts)), ".".join(written),
                f"[::ffff:{six}]", f"[::{six}]", f"[64:ff9b::{six}]", f"[2002:{six}::1]", "[::1]", "localhost",
                f"x{last}.localhost", f"x{last}.example", "user@localhost", "localhost.",
            ]
        )  # fmt: skip
        count -= 1


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
