"""Taking over from newsboat: the feeds in its file `urls`, and the stories and marks in its `cache.db`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, NamedTuple

from reader.base.text import clean, decode
from reader.feeds.arrivals.arrivals import Arrivals
from reader.feeds.arrivals.identity import identified
from reader.feeds.entries.process import FeedReader
from reader.feeds.model import Entry, Feed, ParsedFeed
from reader.feeds.saving.foreign import mark_undecided, through_the_gate
from reader.library.feeds.newsboat import NewsboatCache, NewsboatItem
from reader.library.marks.marks import MarkKind, Marks
from reader.stories.limits import GUID_CHARACTERS
from reader.stories.urls import is_web

STARRED = "s"
"""The flag that is taken for a star: newsboat's flags are letters, without a meaning of their own."""

_PIECE = 500
_QUERY = "query:"


class Urls(NamedTuple):
    """The contents of a file `urls`.

    Attributes:
        feeds: the feeds that are on the web.
        not_taken: the other lines, each with the reason.
    """

    feeds: tuple[Feed, ...]
    not_taken: tuple[str, ...]


class Taken(NamedTuple):
    """The result of taking over a cache.

    Attributes:
        stories: how many files were written.
        read: how many stories were marked read, and had not been before.
        starred: likewise, how many were starred.
        tagged: likewise, how many got another flag as a tag.
        deleted: how many were left out, as they are deleted in newsboat.
        failed: the stories that could not be taken, with their feeds and the reasons.
    """

    stories: int
    read: int
    starred: int
    tagged: int
    deleted: int
    failed: tuple[str, ...]


def parse_urls(data: bytes) -> Urls:
    """Parse a file `urls`: each line has an address, then tags, of which one that begins with `~` is the name."""
    feeds, not_taken = [], []
    for line in decode(data)[0].splitlines():
        words = list(_words(line))
        if not words:
            continue
        url, tags = words[0], words[1:]
        if is_web(url):
            name = next((clean(tag[1:]) for tag in tags if tag.startswith("~")), "")
            labels = dict.fromkeys(clean(tag) for tag in tags if tag[:1] not in ("~", "!"))
            feeds.append(Feed(url, name, tuple(label for label in labels if label)))
        else:
            kind = url.partition(":")[0]
            why = "a search; a view does that here" if url.startswith(_QUERY) else f"{kind}: only the web is asked"
            not_taken.append(f"{clean(url)[:80]} ({clean(why)[:60]})")
    return Urls(tuple(feeds), tuple(not_taken))


def _words(line: str) -> Iterator[str]:
    """The words of a line as newsboat reads them: with quotes around spaces, and backslashes before single signs."""
    word, quoted, escaped, is_word = "", False, False, False
    for sign in line.strip():
        if escaped or sign == "\\":
            word += sign if escaped else ""
            escaped, is_word = not escaped, True
        elif sign == '"':
            quoted, is_word = not quoted, True
        elif sign == "#" and not is_word and not quoted:
            break
        elif sign.isspace() and not quoted:
            if is_word:
                yield word
            word, is_word = "", False
        else:
            word, is_word = word + sign, True
    if is_word:
        yield word


def take_over(feeds: Sequence[Feed], cache: NewsboatCache, arrivals: Arrivals, marks: Marks) -> Taken:
    """Write newsboat's stories as story files, and mark them as they are marked there.

    Args:
        feeds: the feeds whose stories are taken.
        cache: newsboat's cache.
        arrivals: writes stories.
        marks: the person's marks.

    Raises:
        NewsboatError: the cache cannot be read.
        WriteError, FeedStateError, MarksError: a story, or its marks, cannot be written.
    """
    counts: Counter[str] = Counter()
    failed = []
    with FeedReader() as reader:
        for feed in feeds:
            title = clean(cache.title(feed.url))
            for items in cache.items(feed.url, _PIECE):
                kept = [item for item in items if not item.deleted]
                counts["deleted"] += len(items) - len(kept)
                sources: dict[Entry, NewsboatItem] = {}
                for passed in through_the_gate(kept, _as_item, feed.url, reader):
                    if passed.entry is None:
                        what = clean(passed.article.title) or _guid(passed.article)
                        failed.append(f"{feed.label}: {what}: {passed.reason}")
                    else:
                        sources.setdefault(passed.entry._replace(guid=_guid(passed.article)), passed.article)
                entries = tuple(sources)
                counts["stories"] += arrivals.take_in(feed, ParsedFeed(title, "", entries)).new
                _mark(arrivals.keys_of(feed, identified(entries)), sources, marks, counts)
    return Taken(
        counts["stories"], counts["read"], counts["starred"], counts["tagged"], counts["deleted"], tuple(failed)
    )


def _as_item(item: NewsboatItem) -> dict[str, Any]:
    when = ""
    with suppress(ValueError, OverflowError, OSError):
        when = datetime.fromtimestamp(item.published, UTC).isoformat() if item.published > 0 else ""
    content = "content_text" if item.content_type == "text/plain" else "content_html"
    files = [{"url": item.enclosure_url, "mime_type": item.enclosure_type}] if item.enclosure_url else []
    return {
        "url": item.url, "title": item.title, content: item.content, "date_published": when,
        "authors": [{"name": item.author}] if item.author else [], "attachments": files,
    }  # fmt: skip


def _guid(item: NewsboatItem) -> str:
    return clean(item.guid)[:GUID_CHARACTERS]


def _mark(
    keys: Sequence[tuple[Entry, str]], sources: dict[Entry, NewsboatItem], marks: Marks, counts: Counter[str]
) -> None:
    """Mark stories as newsboat has them, except where the person has decided otherwise here; count them."""
    items = [(key, sources[entry]) for entry, key in keys]
    read = mark_undecided(marks, [key for key, item in items if not item.unread], MarkKind.READ)
    starred = mark_undecided(marks, [key for key, item in items if STARRED in item.flags], MarkKind.STARRED)
    tagged: set[str] = set()
    for flag in sorted({flag for _, item in items for flag in item.flags if flag.isalpha() and flag != STARRED}):
        flagged = [key for key, item in items if flag in item.flags]
        tagged.update(mark_undecided(marks, flagged, MarkKind.TAG, f"flag-{flag}"))
    counts.update(read=len(read), starred=len(starred), tagged=len(tagged))
