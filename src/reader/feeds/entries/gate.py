"""The gate for entries of any format: here texts are cut and made safe, and links are checked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from html import escape
from typing import NamedTuple

from reader.base.text import clean
from reader.base.wording import cut_text
from reader.feeds.entries.markup import absolute, as_line, as_markdown, first_image
from reader.feeds.model import Enclosure, Entry, Picture
from reader.stories.dates import parse_date
from reader.stories.limits import DEFAULT_LIMITS, EXCERPT_CHARACTERS, FEED_LABELS, GUID_CHARACTERS, LABEL_CHARACTERS


class Words(NamedTuple):
    """A text of a feed.

    Attributes:
        text: the text.
        is_html: whether it is HTML; else it is plain.
    """

    text: str = ""
    is_html: bool = True

    @property
    def line(self) -> str:
        """The text as one line, safe to show."""
        return as_line(self.text) if self.is_html else clean(self.text)


class Raw(NamedTuple):
    """An entry as its format has it, of which nothing was checked.

    Attributes:
        base: the address to which its links are relative.
        guid: its id in the feed.
        links: the addresses that its article may have, the best first.
        title: the headline.
        summary: the short text.
        content: the long text.
        dates: the times when it may have been published, the best first.
        authors: the names of its authors.
        topics: its labels.
        pictures: the address, the width and the height of each image.
        enclosures: the address, the type and the length of each file.
        comments: the address of the comments on it.
        outlet: the name and the address of who published it, where that is not the feed's own site.
    """

    base: str
    guid: object = ""
    links: Iterable[object] = ()
    title: Words = Words()
    summary: Words = Words()
    content: Words = Words()
    dates: Iterable[object] = ()
    authors: Iterable[object] = ()
    topics: Iterable[object] = ()
    pictures: Iterable[tuple[object, object, object]] = ()
    enclosures: Iterable[tuple[object, object, object]] = ()
    comments: object = ""
    outlet: tuple[object, object] = ("", "")


def entry(raw: Raw) -> Entry | None:
    """Have an entry pass the gate; None for one without headline, text and address."""
    links = [url for one in raw.links if (url := absolute(one, raw.base))]
    url = links[0] if links else ""
    base = url or raw.base
    title, excerpt = raw.title.line[: DEFAULT_LIMITS.line], raw.summary.line or raw.content.line
    long = raw.content if raw.content.text.strip() else raw.summary
    cut = cut_text(excerpt, EXCERPT_CHARACTERS)
    body = _body(long, base)
    if "\n" not in body and "](" not in body and long.line == cut:
        body = ""  # it only repeats the excerpt, without any link
    if not (title or excerpt or url):
        return None
    guid = clean(str(raw.guid)) if isinstance(raw.guid, str | int) else ""
    outlet, outlet_url = raw.outlet
    return Entry(
        guid=guid[:GUID_CHARACTERS],
        url=url,
        title=title,
        excerpt=cut,
        body=body,
        published=next((when for one in raw.dates if (when := _time(one))), None),
        authors=_labels(raw.authors),
        topics=_labels(raw.topics),
        pictures=tuple(_pictures(raw, long, base)),
        enclosures=tuple(_enclosures(raw)),
        comments=absolute(raw.comments, raw.base),
        outlet=_label(outlet),
        outlet_url=absolute(outlet_url, raw.base),
    )


def _body(words: Words, base: str) -> str:
    if not words.text.strip():
        return ""
    text = as_markdown(words.text, base) if words.is_html else _plain_block(words.text)
    return text[: DEFAULT_LIMITS.text]


def _plain_block(text: str) -> str:
    """Plain text of several lines as Markdown that shows it as it is, even where it looks like markup."""
    return as_markdown("<br>".join(escape(line) for line in text.splitlines()), "")


def _time(value: object) -> datetime | None:
    """The time that a feed gives; for a date alone its midnight in UTC; None where it cannot be read."""
    when = parse_date(clean(value)) if isinstance(value, str) else None
    if when is None or isinstance(when, datetime):
        return when
    return midnight(when)


def midnight(day: date) -> datetime:
    """The beginning of a day in UTC."""
    return datetime.combine(day, time(), UTC)


def _label(value: object) -> str:
    return cut_text(as_line(value), LABEL_CHARACTERS) if isinstance(value, str) else ""


def _labels(values: Iterable[object]) -> tuple[str, ...]:
    labels = dict.fromkeys(label for value in values if (label := _label(value)))
    return tuple(labels)[:FEED_LABELS]


def _pictures(raw: Raw, long: Words, base: str) -> Iterator[Picture]:
    seen = set()
    listed = list(raw.pictures)
    if not listed and long.is_html and (url := first_image(long.text, base)):
        listed = [(url, None, None)]
    for one, width, height in listed[:FEED_LABELS]:
        url = absolute(one, raw.base)
        if url and url not in seen:
            seen.add(url)
            yield Picture(url, _number(width), _number(height))


def _enclosures(raw: Raw) -> Iterator[Enclosure]:
    seen = set()
    for one, kind, length in list(raw.enclosures)[:FEED_LABELS]:
        url = absolute(one, raw.base)
        if url and url not in seen:
            seen.add(url)
            yield Enclosure(url, _label(kind), _number(length))


def _number(value: object) -> int | None:
    """A whole number above zero; None for anything else."""
    if isinstance(value, str) and value.strip().isascii() and value.strip().isdecimal():
        value = int(value.strip()[:15])
    if isinstance(value, int) and not isinstance(value, bool) and 0 < value < 10**15:
        return value
    return None
