"""Which hosts and addresses are no part of the web, but of this machine or of the person's own network.

What strangers write may name them: a router's page that does what its address says, a service that trusts whoever
reaches it. Nothing is looked up here; `outside.addresses` looks at what names lead to.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import unquote

Address = IPv4Address | IPv6Address

ALLOWED_BY = "`own_hosts` in the configuration allows it"
"""How what is refused or asked about can be had without: told beside the reason."""

_LOCAL_NAMES = {
    "localhost": "a name of this machine",
    "local": "a name of your own network",
    "internal": "a name of your own network",
    "home.arpa": "a name of your own network",
}
"""Endings of names that no host of the web has: RFC 6761, 6762 and 8375, and what ICANN keeps for private use."""

_STAND_FOR = (
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped
    (IPv6Network("::ffff:0:0:0/96"), 0),  # IPv4-translated, RFC 2765
    (IPv6Network("::/96"), 0),  # IPv4-compatible
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64, RFC 6052
    (IPv6Network("2002::/16"), 80),  # 6to4, RFC 3056
)
"""Networks of IPv6 whose addresses stand for one of IPv4, and by how many bits it is shifted."""

_OWN_TRANSLATED = IPv6Network("64:ff9b:1::/48")
"""NAT64 as a network has it for itself, RFC 8215."""

_TEREDO = IPv6Network("2001::/32")
_ISATAP = re.compile(r"0[02]005efe")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")


def reach(address: Address) -> str:
    """What an address is one of, in words, where it is none of the web; else empty.

    One of IPv6 that stands for one of IPv4 is judged as that.
    """
    if address.is_unspecified or address.is_loopback:
        return "an address of this machine"
    if isinstance(address, IPv6Address):
        for network, shift in _STAND_FOR:
            if address in network:
                return reach(IPv4Address(int(address) >> shift & 0xFFFF_FFFF))
        if (tunnel := _end_of_tunnel(address)) is not None and (told := reach(tunnel)):
            return told
        if address.is_site_local or address in _OWN_TRANSLATED:
            return "an address of your own network"
    if address.is_multicast:
        return "an address of many machines"
    if address.is_link_local or address.is_private:
        return "an address of your own network"
    return "" if address.is_global and not address.is_reserved else "no address of the web"


def _end_of_tunnel(address: IPv6Address) -> IPv4Address | None:
    """The address of IPv4 that packets to an address of IPv6 are sent to: Teredo, RFC 4380, and ISATAP, RFC 5214."""
    number = int(address)
    if address in _TEREDO:
        return IPv4Address(~number & 0xFFFF_FFFF)
    if _ISATAP.fullmatch(f"{number >> 32 & 0xFFFF_FFFF:08x}"):
        return IPv4Address(number & 0xFFFF_FFFF)
    return None


def host_reach(host: str) -> str:
    """What the host of an address is, in words, where it can be told without a look-up that it is none of the web.

    Addresses are known in every form that browsers take: `127.1`, `0x7f000001`, `2130706433`, `[::1]`.
    """
    name = unicodedata.normalize("NFKC", unquote(host)).casefold().replace("。", ".").strip("[]").rstrip(".")
    name = name.partition("%")[0]  # the zone of an address of IPv6
    if (address := address_of(name)) is not None:
        return reach(address)
    for ending, told in _LOCAL_NAMES.items():
        if name == ending or name.endswith(f".{ending}"):
            return told
    return "a name of your own network" if name and "." not in name else ""


def address_of(name: str) -> Address | None:
    """The address that a host is, in any form that is taken for one; None for a name."""
    if ":" in name:
        try:
            return ip_address(name)
        except ValueError:
            return None
    parts = name.split(".")
    if len(parts) > 4 or not all(_NUMBER.fullmatch(part) for part in parts):
        return None
    if max(map(len, parts)) > 40:
        return None
    try:
        *first, last = [_number(part) for part in parts]
    except ValueError:
        return None
    if any(part > 255 for part in first) or last >= 256 ** (4 - len(first)):
        return None
    return IPv4Address(sum(part << 8 * (3 - place) for place, part in enumerate(first)) + last)


def _number(text: str) -> int:
    if text.startswith("0x"):
        return int(text[2:] or "0", 16)
    return int(text, 8) if text.startswith("0") else int(text)
