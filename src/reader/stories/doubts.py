"""What a person should know of a link before it is opened: why it may lead elsewhere than it seems."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from urllib.parse import urlsplit

from reader.base.text import clean
from reader.stories.networks import ALLOWED_BY, host_reach
from reader.stories.urls import LONG, is_web

_TOGETHER = (
    frozenset({"CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA", "HALFWIDTH", "FULLWIDTH", "LATIN"}),
    frozenset({"CJK", "HANGUL", "LATIN"}),
    frozenset({"CJK", "BOPOMOFO", "LATIN"}),
)
"""Sets of scripts that are used together in one word."""


def doubts(url: str, own_hosts: Collection[str] = ()) -> tuple[str, ...]:
    """What is doubtful about a link, in words for a person. Most links raise none, nor do those that are never opened.

    Doubtful are: a user name before the host, which can look like the host itself; a host of this machine or of the
    person's own network, unless it is among `own_hosts`; a host with letters outside of ASCII (it is shown in the form
    that is looked up); letters that are written from right to left; an uncommon length.
    """
    if not is_web(url):
        return ()
    found = []
    parts = urlsplit(url)
    host = parts.hostname or ""
    if "@" in parts.netloc:
        found.append(f"what stands before the @ is a user name: the site is {_other_form(host) or host}")
    near = host_reach(host)
    if near and host.rstrip(".") not in own_hosts:
        found.append(f"leads to {near}, not to the web: {host} ({ALLOWED_BY})")
    other = _other_form(host)
    if other:
        mixed = _mixed(host if not host.isascii() else other)
        found.append(f"{'mixes alphabets: ' + mixed + '; ' if mixed else ''}the site is also written {other}")
    if any(unicodedata.bidirectional(sign) in ("R", "AL", "AN") for sign in url):
        found.append("has letters written from right to left: some terminals show its parts in another order")
    if len(url) > LONG:
        found.append(f"has {len(url):,} characters")
    return tuple(found)


def _other_form(host: str) -> str:
    """The ASCII form of a host that has other letters, or the readable form of one in ASCII; empty for most hosts."""
    if not host.isascii():
        try:
            return host.encode("idna").decode("ascii")
        except UnicodeError:
            return "something that cannot be looked up"
    if not any(label.startswith("xn--") for label in host.split(".")):
        return ""
    try:
        decoded = clean(host.encode("ascii").decode("idna"))
    except UnicodeError:
        return "something that cannot be read"
    return decoded if decoded != host else ""


def _mixed(host: str) -> str:
    """The scripts of the first label that mixes some which are not used together; empty where none does."""
    for label in host.split("."):
        names = (unicodedata.name(sign, "UNKNOWN").partition(" ")[0] for sign in label if sign.isalpha())
        scripts = list(dict.fromkeys(names))
        if len(scripts) > 1 and not any(together.issuperset(scripts) for together in _TOGETHER):
            return " and ".join(script.capitalize() for script in scripts)
    return ""
