"""One door for all formats of feeds."""

from __future__ import annotations

import codecs
import re

from reader.base.text import decode
from reader.feeds.entries.json_feed import parse_json
from reader.feeds.entries.xml_feed import parse_xml
from reader.feeds.errors import FeedParseError
from reader.feeds.model import ParsedFeed, public_url

_MARKED = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, codecs.BOM_UTF32_BE)
_UNMARKED = {b"<\0": "utf-16-le", b"\0<": "utf-16-be"}
"""How XML begins that has no byte order mark → its encoding."""

_DECLARED = re.compile(r"<\?xml[^<>]*>")


def parse_feed(data: bytes, url: str, content_type: str) -> ParsedFeed:
    """Read a feed; its first sign tells its format.

    Args:
        data: as it was sent.
        url: where it was sent from.
        content_type: what its server says it is; helps only with the encoding of XML.

    Raises:
        FeedParseError: it cannot be read.
    """
    unmarked = _UNMARKED.get(data[:2])
    if unmarked or data.startswith(_MARKED):
        text = data.decode(unmarked, "replace") if unmarked else decode(data)[0]
        data = _DECLARED.sub("", text, count=1).encode("utf-8", "replace")
        content_type = ""
    url = public_url(url)  # what is relative to it goes into files
    start = data.removeprefix(codecs.BOM_UTF8).lstrip()[:1]
    if not start:
        raise FeedParseError("nothing was sent")
    return parse_json(data, url) if start in (b"{", b"[") else parse_xml(data, url, content_type)
