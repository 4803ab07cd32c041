"""Story files for hypothesis: valid ones, odd ones, hostile ones. Each strategy gives the bytes of one file."""

from __future__ import annotations

import codecs
import json
from datetime import UTC, datetime
from typing import TypeAlias

from hypothesis import strategies as st

Tree: TypeAlias = "str | list[Tree] | dict[str, Tree] | None"

_HOSTILE_SIGNS = (
    "\x00\x07\x08\t\n\r\x1b\x7f\x85\x9b\u00ad\u0301\u034f\u061c\u200b\u200c\u200d\u200e\u202e\u2028\u2029\u2066\u2069"
    "\u3164\ufe0f\ufeff\ufffd\uffff\ue000\ufdd0\U0001f469\U0001f3fd\U0001f1ec\U000e0041\U0010ffff\u0645\u0915\u094d"
)

plain_text = st.text(st.characters(categories=("L", "N", "P", "Zs"), max_codepoint=0x2FFF), min_size=1, max_size=60)
"""Text as headlines have it."""

hostile_text = st.text(
    st.one_of(
        st.sampled_from(_HOSTILE_SIGNS),
        st.characters(),
        st.sampled_from("[]{}:#&*!|>'\"%@`-? ,"),
    ),
    max_size=40,
)
"""Text with all that a terminal obeys, that hides, that has no agreed width, and that means something to YAML."""

urls = st.builds(
    "https://{}.test/{}".format,
    st.sampled_from(["a", "b", "www.c", "m.d"]),
    st.text("abc0123456789/-_.%?&=", max_size=20),
)

times = st.datetimes(datetime(1990, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC)).map(datetime.isoformat)

odd_values = st.one_of(
    st.sampled_from(
        ["", "~", "null", "yes", "1e999", "-.inf", "0x1f", "9" * 400, "0000-00-00", "2020-02-30", "12:60", "[]", "{}",
         "<<", "javascript:alert(1)", "https://[::1", "https://a@b@c/", "!!binary x", "&a b", "*a", "|", "- a", "=",
         "? b"]
    ),
    hostile_text,
)  # fmt: skip

trees: st.SearchStrategy[Tree] = st.recursive(
    st.none() | odd_values,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(hostile_text, inner, max_size=4),
    max_leaves=12,
)
"""Values of any shape."""

_FIELDS = (
    "title", "excerpt", "publishedDateTime", "date", "webUrl", "sourceUrl", "originalUrl", "ampWebUrl", "type",
    "category",
    "quality", "heat", "published", "provider", "topics", "tags", "authors", "images", "related", "secured", "Rel-ated",
    "TITLE", "url", "<<", "other",
)  # fmt: skip


def _file(front_matter: object, body: str = "") -> bytes:
    """A file whose front matter is written as JSON: YAML too, on one line each, with nothing left to chance."""
    if isinstance(front_matter, dict):
        text = "".join(f"{json.dumps(key)}: {json.dumps(value)}\n" for key, value in front_matter.items())
    else:
        text = json.dumps(front_matter) + "\n"
    return f"---\n{text}---\n{body}".encode("utf-8", "surrogatepass")


_articles = st.fixed_dictionaries(
    {"title": plain_text, "webUrl": urls, "publishedDateTime": times},
    optional={
        "excerpt": plain_text, "quality": st.integers(0, 190), "type": st.sampled_from(["article", "video"]),
        "provider": st.fixed_dictionaries({"name": plain_text, "domain": st.sampled_from(["a.test", "b.test"])}),
        "images": st.lists(st.fixed_dictionaries({"url": urls, "width": st.integers(1, 999)}), max_size=2),
    },
)  # fmt: skip

valid_files = st.builds(
    lambda own, more, related, body: _file({**own, **more, "related": related}, body),
    _articles,
    st.fixed_dictionaries({}, optional={"topics": st.lists(plain_text, max_size=4), "heat": st.integers(-1, 99)}),
    st.lists(_articles, max_size=4),
    plain_text | st.just(""),
)
"""Files as the format has them."""

odd_files = st.builds(_file, st.dictionaries(st.sampled_from(_FIELDS), trees, max_size=8), hostile_text)
"""Files that are YAML, with anything under any key."""

_LINES = st.one_of(
    st.builds("{}: {}".format, st.sampled_from(_FIELDS), odd_values),
    st.builds("{}- {}".format, st.sampled_from(["", "  ", "    "]), odd_values),
    st.builds("{}{}".format, st.sampled_from(["  ", "\t", "---", "...", "# ", "&a ", "*a ", "? ", "!x "]), odd_values),
    hostile_text,
)

hostile_files = st.builds(
    lambda lines, end, mark, codec, tail: (
        mark + f"---{end}{end.join(lines)}{end}---{end}".encode(codec, "replace") + tail
    ),
    st.lists(_LINES, max_size=12),
    st.sampled_from(["\n", "\r\n", "\r", "\x85", "\u2028"]),
    st.sampled_from(
        [b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_LE, b"\n\n", b" "]
    ),
    st.sampled_from(["utf-8", "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "latin-1"]),
    st.binary(max_size=20),
)
"""Files that look like front matter from afar."""

any_files = valid_files | odd_files | hostile_files | st.binary(max_size=200)
