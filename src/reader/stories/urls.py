"""The gate for links: which may be opened, how they are shown, and which of them lead to the same article."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlencode, urlsplit, urlunsplit

from reader.base.late_pattern import LatePattern
from reader.stories.limits import URL_CHARACTERS

_TRACKING_PREFIXES = ("utm_", "mtm_", "pk_", "hsa_", "at_medium", "at_campaign", "oly_", "_hs", "elq")
_TRACKING = frozenset(
    {
        "fbclid", "gclid", "gclsrc", "dclid", "msclkid", "yclid", "igshid", "twclid", "ttclid", "wbraid", "gbraid",
        "mc_cid", "mc_eid", "mkt_tok", "_ga", "_gl", "ncid", "cmpid", "cmp", "ocid", "icid", "smid", "smtyp", "soc_src",
        "soc_trk", "sr_share", "guccounter", "guce_referrer", "guce_referrer_sig", "vero_id", "wt.mc_id", "wt_mc",
        "spm", "ref_src", "ref_url", "cvid", "ito", "s_cid", "xtor", "taid", "feedtype", "feedname",
        "__twitter_impression",
    }
)  # fmt: skip
_AMP_PARAMETERS = frozenset({"amp", "_amp", "amp_js_v", "amp_gsa", "usqp", "outputtype"})
_DEFAULT_PORTS = frozenset({80, 443})
_HOST_PREFIXES = ("www.", "m.", "amp.", "mobile.")
_REGISTRY_LABELS = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})
_CDN_PATH = LatePattern(r"^/(?:[a-z]/)?(s/)?(?=[^/]+\.)(.+)$")
_GOOGLE_AMP_PATH = LatePattern(r"^/amp/(s/)?(?=[^/]+\.)(.+)$")
_AMP_SEGMENTS = frozenset({"amp", ".amp", "google-amp"})
_HTML_ENDING = LatePattern(r"\.html?\Z", re.IGNORECASE)
_FORBIDDEN = LatePattern(r"[\x00-\x20\x7f-\x9f\ud800-\udfff\s<>\"\\^`{|}]")
"""Characters that no address has, among them lone surrogates, which JSON can hold but nothing can encode."""

_USUAL = LatePattern(r"https?://[A-Za-z0-9-][A-Za-z0-9.-]*(?:/[!#-;=?-\[\]_a-z~]*)?")
"""An address of the usual form, for which `is_web` need not look closer."""

LONG = 500
"""A link of more characters is too long to be taken in at a glance."""

_UNQUOTED = ":@!$&'()*+,;=-._~"
_PLAIN_PATH = LatePattern(rf"[A-Za-z0-9/{re.escape(_UNQUOTED)}]*")
"""A path in which nothing needs to be quoted."""

_PLAIN_PAGE = LatePattern(rf"https?://([a-z0-9-]+(?:\.[a-z0-9-]+)+)((?:/[A-Za-z0-9{re.escape(_UNQUOTED)}]+)*)/?")
"""An address whose host and path only need to be joined again: nine of ten are such."""

_MAYBE_AMP = LatePattern(r"[/.-]amp(?:[/.]|\Z)|ampproject")


_MOST_REMEMBERED = 4_096
"""Addresses that are remembered: the related entries of thousands of files lead to so many. They take some 2 MB."""


@lru_cache(maxsize=_MOST_REMEMBERED)
def is_web(url: str) -> bool:
    """Whether a link may be opened: an absolute http or https address with a host, and with no odd characters."""
    if len(url) > URL_CHARACTERS:
        return False
    if _USUAL.fullmatch(url):
        return True
    if _FORBIDDEN.search(url):
        return False
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    return parts.scheme.lower() in ("http", "https") and bool((parts.hostname or "").strip("."))


_PLAIN = LatePattern(
    r"https?://(?!(?:[^/?#]*\.)?(?:xn--|(?:localhost|local|internal|home\.arpa)(?=[:/?#]|\Z)))"
    r"(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]*(?::[0-9]*)?(?:[/?#][!-~]*)?"
)


def is_plain(url: str) -> bool:
    """Whether a link is a short one to a host name on the web, in ASCII, so that `doubts` has nothing to say."""
    return len(url) <= LONG and url.isascii() and _PLAIN.fullmatch(url.lower()) is not None


def host_of(url: str) -> str:
    """The host of a web address without `www.`, or an empty text where there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def short_url(url: str) -> str:
    """A web address as a person reads it: without scheme, `www.` and the last slash. Other links are shown whole."""
    if not is_web(url):
        return url
    rest = url.partition("://")[2]
    return (rest[4:] if rest[:4].lower() == "www." else rest).removesuffix("/")


@lru_cache(maxsize=_MOST_REMEMBERED)
def canonical_url(url: str) -> str | None:
    """The canonical address of an article, the same for any of its addresses.

    Scheme (always https) and host are in lower case; `www.`, `m.`, `amp.`, `mobile.`, default port, user, fragment,
    tracking parameters and the last slash are left out; AMP pages, also in Google's AMP caches, become the page they
    stand for; the other parameters are sorted. To apply it twice changes nothing.

    Returns:
        The canonical address; None for what is no web address, or would be too long.
    """
    plain = _PLAIN_PAGE.fullmatch(url) if len(url) < URL_CHARACTERS else None
    if plain is not None and not _may_be_amp(url.lower()):
        return f"https://{_canonical_host(plain[1])}{plain[2]}"
    return _canonical(url) if is_web(url) else None


def _may_be_amp(url: str) -> bool:
    """Whether an address, in lower case, may be that of an AMP page. It is also true of a few others."""
    return ("/amp" in url or ".amp" in url or "-amp" in url or "ampproject" in url) and bool(_MAYBE_AMP.search(url))


def _canonical(url: str) -> str | None:
    """As `canonical_url`, for any web address."""
    parts = inner = urlsplit(url)
    for _ in range(4):  # an AMP cache's address can wrap another's; deeper, it is an address like any other
        wrapped = _unwrapped(inner)
        if wrapped is None:
            parts = inner
            break
        if not is_web(wrapped):
            break
        inner = urlsplit(wrapped)
    host = _canonical_host(parts.hostname or "")
    if parts.port is not None and parts.port not in _DEFAULT_PORTS:
        host = f"{host}:{parts.port}"
    fragment = parts.fragment if parts.fragment.startswith("!") else ""  # "#!/a" names a page, "#a" a place in it
    path = parts.path if _is_cache(parts) else _canonical_path(parts.path)
    canonical = urlunsplit(("https", host, path, _canonical_query(parts.query), fragment))
    return canonical if len(canonical) <= URL_CHARACTERS else None


def _is_cache(parts: SplitResult) -> bool:
    """Whether an address is that of an AMP cache. Its path is another address, which must stay as it is."""
    return f".{parts.hostname}".rstrip(".").endswith(".cdn.ampproject.org")


def _unwrapped(parts: SplitResult) -> str | None:
    """The address inside that of an AMP cache, or None where there is none."""
    if _is_cache(parts):
        match = _CDN_PATH.match(parts.path)
    elif re.fullmatch(r"(?:www\.)?google\.[a-z.]{2,6}", parts.hostname or ""):
        match = _GOOGLE_AMP_PATH.match(parts.path)
    else:
        match = None
    if not match:
        return None
    return f"http{'s' if match[1] else ''}://{match[2]}" + (f"?{parts.query}" if parts.query else "")


@lru_cache(maxsize=1_024)
def _canonical_host(host: str) -> str:
    if ":" in host:
        return f"[{host}]"  # an IPv6 address
    host = host.rstrip(".")
    if not host.isascii():
        with suppress(UnicodeError):  # not a name that can be looked up: still a name to compare by
            encoded = host.encode("idna").decode("ascii")
            host = host if _FORBIDDEN.search(encoded) else encoded
    while True:
        prefix = next((prefix for prefix in _HOST_PREFIXES if host.startswith(prefix)), None)
        if prefix is None or not _is_site(host.removeprefix(prefix)):
            return host
        host = host.removeprefix(prefix)


def _is_site(host: str) -> bool:
    """Whether a host name has more than a registry's part (`com`, `co.uk`), so that it can be a site's."""
    labels = host.split(".")
    if len(labels) == 2:
        return not (labels[0] in _REGISTRY_LABELS and len(labels[1]) == 2)
    return len(labels) > 2


def _canonical_path(path: str) -> str:
    segments = [segment for segment in path.split("/") if segment]
    if not _PLAIN_PATH.fullmatch(path):
        unquoted = (unquote(segment, errors="surrogateescape") for segment in segments)
        segments = [quote(segment, safe=_UNQUOTED, errors="surrogateescape") for segment in unquoted]
    words = [segment.lower() for segment in segments]
    start, end = 0, len(segments)
    while end:  # /story/amp, /story/platform/amp, /story.amp, /story.amp.html
        last = end - 1
        if words[last] in _AMP_SEGMENTS:
            end -= 2 if words[max(last - 1, 0)] == "platform" else 1
            continue
        shorter = _without_amp_ending(segments[last])
        if shorter == segments[last]:
            break
        segments[last], words[last] = shorter, shorter.lower()
    while end - start > 1:  # /amp/story, /platform/amp/story
        if words[start] in _AMP_SEGMENTS:
            start += 1
        elif end - start > 2 and words[start : start + 2] == ["platform", "amp"]:
            start += 2
        else:
            break
    return "".join(f"/{segment}" for segment in segments[start:end])


def _without_amp_ending(segment: str) -> str:
    """The last part of a path without `.amp` at its end, or before `.html`."""
    match = _HTML_ENDING.search(segment)
    stem, ending = (segment[: match.start()], match[0]) if match else (segment, "")
    while len(stem) > 4 and stem[-4:].lower() == ".amp":
        stem = stem[:-4]
    return stem + ending


def _canonical_query(query: str) -> str:
    kept = [
        (name, value)
        for name, value in parse_qsl(query, keep_blank_values=True, errors="surrogateescape")
        if not _is_tracking(name.lower(), value.lower())
    ]
    return urlencode(sorted(kept), errors="surrogateescape")


def _is_tracking(name: str, value: str) -> bool:
    if name in _AMP_PARAMETERS:
        return value in ("", "1", "true", "amp") or name not in ("amp", "outputtype")
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)
