"""Which hosts and addresses are not on the web, but on this machine or on the person's own network.

Strangers may write links to them: to a router's page that acts on being opened, to a service that trusts all who can
reach it. Nothing is looked up here; `outside.addresses` looks at what names lead to.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import unquote

Address = IPv4Address | IPv6Address

ALLOWED_BY = "`own_hosts` in the configuration allows it"
"""Added to the reason why an address is refused or asked about: how a person can allow it."""

_LOCAL_NAMES = {
    "localhost": "a name of this machine",
    "local": "a name of your own network",
    "internal": "a name of your own network",
    "home.arpa": "a name of your own network",
}
"""Endings of names that no host on the web has: RFC 6761, 6762 and 8375, and what ICANN keeps for private use."""

_STAND_FOR = (
    (IPv6Network("::ffff:0:0/96"), 0),  # IPv4-mapped
    (IPv6Network("::ffff:0:0:0/96"), 0),  # IPv4-translated, RFC 2765
    (IPv6Network("::/96"), 0),  # IPv4-compatible
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64, RFC 6052
    (IPv6Network("2002::/16"), 80),  # 6to4, RFC 3056
)
"""Networks of IPv6 whose addresses contain one of IPv4, and by how many bits that is shifted."""

_OWN_TRANSLATED = IPv6Network("64:ff9b:1::/48")
"""NAT64 within a network of one's own, RFC 8215."""

_TEREDO = IPv6Network("2001::/32")
_ISATAP = re.compile(r"0[02]005efe")
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+")


def reach(address: Address) -> str:
    """What an address is, in words, where it is not on the web; else empty.

    An address of IPv6 that contains one of IPv4 is judged by that.
    """
    if address.is_unspecified or address.is_loopback:
        return "an address of this machine"
    if isinstance(address, IPv6Address):
        for network, shift in _STAND_FOR:
            if address in network:
                return reach(IPv4Address(int(address) >> shift & 0xFFFF_FFFF))
        if (tunnel := _end_of_tunnel(address)) is not None and (words := reach(tunnel)):
            return words
        if address.is_site_local or address in _OWN_TRANSLATED:
            return "an address of your own network"
    if address.is_multicast:
        return "an address of many machines"
    if address.is_link_local or address.is_private:
        return "an address of your own network"
    return "" if address.is_global and not address.is_reserved else "no address of the web"


def _end_of_tunnel(address: IPv6Address) -> IPv4Address | None:
    """The address of IPv4 to which packets for one of IPv6 are sent: Teredo, RFC 4380, and ISATAP, RFC 5214."""
    number = int(address)
    if address in _TEREDO:
        return IPv4Address(~number & 0xFFFF_FFFF)
    if _ISATAP.fullmatch(f"{number >> 32 & 0xFFFF_FFFF:08x}"):
        return IPv4Address(number & 0xFFFF_FFFF)
    return None


def host_reach(host: str) -> str:
    """What a host is, in words, where one sees without looking it up that it is not on the web; else empty.

    Addresses are known in every form that browsers take: `127.1`, `0x7f000001`, `2130706433`, `[::1]`.
    """
    name = unicodedata.normalize("NFKC", unquote(host)).casefold().replace("。", ".").strip("[]").rstrip(".")
    name = name.partition("%")[0]  # the zone of an address of IPv6
    if (address := address_of(name)) is not None:
        return reach(address)
    for ending, words in _LOCAL_NAMES.items():
        if name == ending or name.endswith(f".{ending}"):
            return words
    return "a name of your own network" if name and "." not in name else ""


def address_of(name: str) -> Address | None:
    """The address that a host is, in any form that browsers take for one; None for a name."""
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
