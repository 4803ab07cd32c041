"""Hosts and addresses that are none of the web."""

from __future__ import annotations

from ipaddress import ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.stories.doubts import doubts
from reader.stories.networks import ALLOWED_BY, address_of, host_reach, reach
from reader.stories.urls import is_plain, is_web

NEAR = [
    "127.0.0.1", "127.255.255.254", "0.0.0.0", "0.1.2.3", "10.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.0.1",
    "169.254.169.254", "100.64.0.1", "198.18.0.1", "192.0.2.1", "224.0.0.1", "239.255.255.255", "240.0.0.1",
    "255.255.255.255", "::", "::1", "fe80::1", "fec0::1", "fc00::1", "fd12:3456::1", "ff02::1", "ff0e::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::127.0.0.1", "::ffff:0:127.0.0.1", "64:ff9b::7f00:1",
    "64:ff9b::192.168.1.1",
    "64:ff9b:1::808:808", "2002:7f00:1::", "2002:c0a8:101::1", "2001:0:4136:e378:8000:63bf:80ff:fffe", "2001:db8::1",
    "2a00::5efe:10.0.0.1", "2a00::200:5efe:127.0.0.1", "100::1",
]  # fmt: skip
FAR = [
    "1.1.1.1", "8.8.8.8", "93.184.216.34", "172.32.0.1", "192.169.0.1", "100.128.0.1", "2606:4700::1111",
    "2a00:1450:4001::200e", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1",
]  # fmt: skip


@pytest.mark.parametrize("address", NEAR)
def test_what_is_none_of_the_web(address: str) -> None:
    assert reach(ip_address(address))
    url = f"http://[{address}]/" if ":" in address else f"http://{address}/"
    assert any("not to the web" in doubt for doubt in doubts(url))
    assert not is_plain(url)


@pytest.mark.parametrize("address", FAR)
def test_what_is_of_the_web(address: str) -> None:
    assert not reach(ip_address(address))
    assert not doubts(f"http://[{address}]/" if ":" in address else f"http://{address}/")


@pytest.mark.parametrize(
    "host",
    [
        "localhost", "LOCALHOST.", "a.localhost", "nas.local", "db.internal", "tv.home.arpa", "router", "127.1",
        "127.0.1",
        "0x7f.1", "0x7f000001", "017700000001", "2130706433", "0177.0.0.01", "0", "127.0.0.1.", "１２７.0.0.1",
        "127。0。0。1", "127%2e0%2e0%2e1", "[::1]", "[::1%25lo]", "fe80::1%eth0", "0x0", "ⓛocalhost",
    ],
)  # fmt: skip
def test_hosts_that_are_none_of_the_web_in_any_way_of_writing(host: str) -> None:
    assert host_reach(host)


@pytest.mark.parametrize(
    "host", ["bbc.co.uk", "local.example", "localhost.example", "1.2.3.4.example", "internal.bbc.co.uk", "8.8.8.8", ""]
)
def test_hosts_of_the_web(host: str) -> None:
    assert not host_reach(host)


@pytest.mark.parametrize(
    "name", ["1.2.3.4.5", "256.1.1.1", "1.2.3.256", "08.1", "4294967296", "1..2", "9" * 5_000, "0xg"]
)
def test_what_is_no_address(name: str) -> None:
    assert address_of(name) is None


def test_a_link_to_one_s_own_network_is_asked_about_unless_it_is_one_s_own() -> None:
    url = "http://nas.local:8080/admin?reboot=1"
    assert doubts(url) == (f"leads to a name of your own network, not to the web: nas.local ({ALLOWED_BY})",)
    assert doubts(url, ["nas.local"]) == ()
    assert doubts("http://127.0.0.1/", ["nas.local"]) == (
        f"leads to an address of this machine, not to the web: 127.0.0.1 ({ALLOWED_BY})",
    )


@given(st.text("0123456789.xabcf:[]%local。", max_size=30))
def test_a_plain_link_is_one_of_the_web(host: str) -> None:
    url = f"http://{host}/"
    host_reach(host)
    assert not (is_web(url) and is_plain(url) and doubts(url))
