"""The contents of a story file of a feed: front matter in the program's own format, and the body as Markdown.

Texts in the front matter are quoted as in JSON, which is YAML as well: so lines of a file of ours can be found and
replaced without parsing all of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from reader.base.text import escaped, with_references
from reader.base.wording import cut_text
from reader.feeds.model import Entry
from reader.stories.urls import short_url

_TITLE_CHARACTERS = 120
"""The most characters of a headline that is made from the text, where an entry has none."""

_FILMS = re.compile(r"https?://(?:www\.|m\.)?(?:youtube\.com|youtu\.be|vimeo\.com)/", re.IGNORECASE)
_FULL_TEXT = re.compile(r"^fullText: [^\n]*\n", re.MULTILINE)
_BLOCK = re.compile(r"^(topics|feed):(?:[^\n]*)\n((?:  - [^\n]*\n)*)", re.MULTILINE)


class Outlet(NamedTuple):
    """Who published an article: the name, and the host of its page."""

    name: str
    domain: str


class Telling(NamedTuple):
    """What a file says besides its entry.

    Attributes:
        url: the article's address; empty where it has none.
        newer_url: the address that the feed has now, where its canonical form differs from that of `url`; else empty.
        published: when it was published, aware.
        date_note: where that is from, if not from the feed; else empty.
        outlet: who published it.
        topics: all its topics.
        feeds: the addresses of the feeds by which it came in.
    """

    url: str
    newer_url: str
    published: datetime
    date_note: str
    outlet: Outlet
    topics: Sequence[str]
    feeds: Sequence[str]


def title_of(entry: Entry) -> str:
    """The headline of an entry; where it has none, the beginning of its text, or its address."""
    return entry.title or cut_text(entry.excerpt, _TITLE_CHARACTERS) or short_url(entry.url)


def story_text(entry: Entry, telling: Telling) -> bytes:
    """The contents of the file for an entry."""
    body = f"\n{entry.body}\n" if entry.body else ""
    return ("---\n" + "".join(_front_matter(entry, telling)) + "---\n" + body).encode("utf-8", "replace")


class Lists(NamedTuple):
    """The topics and the feeds that a file has."""

    topics: tuple[str, ...]
    feeds: tuple[str, ...]


def lists_in(data: bytes) -> Lists | None:
    """The topics and the feeds of a file of ours; None where their lines are not as this program writes them."""
    try:
        head = _head(data, "strict")
        blocks = list(_BLOCK.finditer(head))
        found = {match[1]: match for match in blocks}
        lists = Lists(tuple(_items(found.get("topics"))), tuple(_items(found.get("feed"))))
    except ValueError:  # the person has edited it
        return None
    return lists if head and len(found) == len(blocks) else None  # it never writes one of them twice


def with_lists(data: bytes, topics: Sequence[str], feeds: Sequence[str]) -> bytes:
    """The contents of a file with other topics and feeds; `lists_in` must know its lists."""
    head = _head(data, "strict")
    body = data.decode("utf-8")[len(head) :]
    new = {"topics": _list("topics", topics), "feed": _feeds(feeds)}
    lines = _BLOCK.sub(lambda match: new.pop(match[1]).lstrip("\n"), head)
    if topics and "topics" in new:  # the file had none
        lines = lines.replace("\nfeed:", f"{new['topics']}\nfeed:", 1)
    return (lines + body).encode("utf-8", "replace")


def with_full_text(data: bytes, text: str, when: datetime) -> bytes:
    """The contents of a file of ours, with the article's full text as its body, and the time when that was fetched."""
    head = _FULL_TEXT.sub("", _head(data)).removesuffix("---\n")
    stamp = when.astimezone(UTC).replace(tzinfo=None).isoformat("T", "seconds")
    return f"{head}fullText: {stamp}Z\n---\n\n{text}\n".encode("utf-8", "replace")


def with_former_text(new: bytes, old: bytes) -> bytes:
    """The new contents of a file, with the full text of the old ones where they have it."""
    kept = _FULL_TEXT.search(_head(old))
    if kept is None:
        return new
    head = _head(new).removesuffix("---\n")
    body = old.decode("utf-8", "replace")[len(_head(old)) :]
    return f"{head}{kept[0]}---\n{body}".encode("utf-8", "replace")


def _head(data: bytes, errors: str = "replace") -> str:
    """The front matter of a file, with its lines of `---`; `errors` as in `bytes.decode`."""
    text = data.decode("utf-8", errors)
    end = text.find("\n---\n")
    return text[: end + 5] if end >= 0 else ""


def _items(match: re.Match[str] | None) -> Iterator[str]:
    """The texts of a list, or the single text that stands in its place.

    Raises:
        ValueError: a text is not quoted as in JSON.
    """
    if match is None:
        return
    own = match[0].split("\n", 1)[0].partition(":")[2].strip()
    for line in (own, *match[2].splitlines()):
        value = line.strip().removeprefix("- ")
        if value.startswith('"'):
            yield str(json.loads(value))
        elif value:
            raise ValueError(f"not quoted: {value}")


def _front_matter(entry: Entry, telling: Telling) -> Iterator[str]:
    yield _words("title", title_of(entry))
    yield _words("excerpt", entry.excerpt)
    yield f"publishedDateTime: {telling.published.astimezone(UTC).replace(tzinfo=None).isoformat('T', 'seconds')}Z\n"
    yield _line("dateNote", telling.date_note)
    yield _line("webUrl", telling.url)
    yield _line("canonicalUrl", telling.newer_url)
    yield f"type: {_type(entry)}\n"
    if any(telling.outlet):
        yield "\nprovider:\n" + _words("  name", telling.outlet.name) + _line("  domain", telling.outlet.domain)
    yield _list("topics", telling.topics)
    yield _list("authors", entry.authors)
    yield _mappings(
        "images",
        (
            {"url": one.url, "width": one.width, "height": one.height, "title": with_references(one.title)}
            for one in entry.pictures
        ),
    )
    yield _mappings(
        "enclosures", ({"url": one.url, "type": one.type, "length": one.length} for one in entry.enclosures)
    )
    yield "\n"
    yield _line("commentsUrl", entry.comments)
    yield _feeds(telling.feeds)
    yield _line("guid", entry.guid)


def _type(entry: Entry) -> str:
    kinds = [one.type.partition("/")[0] for one in entry.enclosures]
    if "video" in kinds or _FILMS.match(entry.url):
        return "video"
    return "audio" if "audio" in kinds else "article"


def _feeds(feeds: Sequence[str]) -> str:
    """The lines of the feeds: a text for one, as most stories have, and a list for more."""
    return _list("feed", feeds).lstrip("\n") if len(feeds) > 1 else _line("feed", *feeds)


def _line(key: str, value: str = "") -> str:
    return f"{key}: {_quoted(value)}\n" if value else ""


def _words(key: str, value: str) -> str:
    """A line with a text that is read by `without_references`, and so must be written by its opposite."""
    return _line(key, with_references(value))


def _list(key: str, values: Sequence[str]) -> str:
    return f"\n{key}:\n" + "".join(f"  - {_quoted(value)}\n" for value in values) if values else ""


def _mappings(key: str, values: Iterable[dict[str, str | int | None]]) -> str:
    written = ""
    for value in values:
        lines = [f"{name}: {_quoted(said) if isinstance(said, str) else said}" for name, said in value.items() if said]
        written += "  - " + "\n    ".join(lines) + "\n"
    return f"\n{key}:\n{written}" if written else ""


def _quoted(text: str) -> str:
    return escaped(json.dumps(text, ensure_ascii=False))
