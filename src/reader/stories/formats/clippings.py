"""Pages that Obsidian Web Clipper saved, and others that were clipped into a vault.

Its default template has `title`, `source`, `author` (links to notes), `published`, `created` (the day of the clipping),
`description` and `tags`. Highlights stand between `==` in the body.
"""

from __future__ import annotations

import re

from reader.stories.dates import parse_date
from reader.stories.formats.given import Given, Retold
from reader.stories.model import Value

_WIKI_LINK = re.compile(r"\[\[([^\[\]|\n]{1,400})(?:\|([^\[\]\n]{1,400}))?\]\]")
_EMBEDDED = re.compile(r"!\[\[([^\[\]|\n]{1,400})(?:\|[^\[\]\n]{0,400})?\]\]")
_HIGHLIGHT = re.compile(r"==(?=[^\s=])([^=\n]{1,5000}?)(?<=\S)==")
_COMMENT = re.compile(r"%%[^%]{0,5000}%%")
_BLOCK_NAME = re.compile(r"[ \t]+\^[A-Za-z0-9-]{1,40}$", re.MULTILINE)
_FENCED = re.compile(r"^(`{3,}|~{3,})[^\n]*\n.*?(?:^\1[^\n]*$|\Z)", re.MULTILINE | re.DOTALL)


def retell(given: Given) -> Retold:
    """Retell a clipping in keys that `fields` knows, with its day of publication, and without links to notes."""
    plain = given.with_data({key: unlinked(value) for key, value in given.data.items()})
    changes: dict[str, Value] = {
        "title": plain.text("title", "headline", "name") or given.path.stem,
        "tags": [tag.lstrip("#") for tag in _texts(plain.get("tags"))],
        "created": "" if parse_date(plain.date("published", "created", "date")) else plain.text("clipped"),
    }
    return plain.retold(changes, body=plain_body(given.body))


def is_clipping(given: Given) -> bool:
    """Whether a note has the web address that it comes from."""
    for value in (unlinked(given.get("source")), unlinked(given.get("url"))):
        first = value[0] if isinstance(value, list) and value else value
        if isinstance(first, str) and first.strip().lower().startswith(("http://", "https://")):
            return True
    return False


def unlinked(value: Value) -> Value:
    """A value with the words of links to notes: `[[People/Ada|Ada]]` is `Ada`, as is `[[Ada]]` read as a YAML list."""
    if isinstance(value, str):
        return _WIKI_LINK.sub(_words, value) if "[[" in value else value
    if isinstance(value, list):
        return [unlinked(part[0] if isinstance(part, list) and len(part) == 1 else part) for part in value]
    if isinstance(value, dict):
        return {key: unlinked(part) for key, part in value.items()}
    return value


def plain_body(body: str) -> str:
    """A note's text in plain Markdown, without the signs of Obsidian; blocks of code stay as they are."""
    if not any(sign in body for sign in ("==", "[[", "%%", " ^")):
        return body
    pieces, end = [], 0
    for fenced in _FENCED.finditer(body):
        pieces += [_plain(body[end : fenced.start()]), fenced[0]]
        end = fenced.end()
    return "".join([*pieces, _plain(body[end:])])


def _plain(text: str) -> str:
    text = _COMMENT.sub("", text)
    text = _EMBEDDED.sub(lambda match: f"*{_last(match[1])}*", text)
    text = _WIKI_LINK.sub(_words, text)
    return _BLOCK_NAME.sub("", _HIGHLIGHT.sub(r"**\1**", text))


def _words(match: re.Match[str]) -> str:
    return match[2] or _last(match[1])


def _last(name: str) -> str:
    """The name of a note without its folders, and without a heading in it."""
    return name.rpartition("/")[2].partition("#")[0] or name


def _texts(value: Value) -> list[str]:
    parts = value if isinstance(value, list) else re.split("[,\\s]+", value) if isinstance(value, str) else []
    return [part.strip() for part in parts if isinstance(part, str) and part.strip()]
