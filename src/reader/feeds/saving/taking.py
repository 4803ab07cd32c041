"""Taking over what another tool exports: story files, and the marks that the person had there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from reader.base.text import clean
from reader.base.whole_files import remove_drafts
from reader.feeds.arrivals.stories import Outlet, Telling
from reader.feeds.arrivals.times import is_believable
from reader.feeds.entries.markup import absolute
from reader.feeds.entries.process import FeedReader
from reader.feeds.model import Entry
from reader.feeds.saving.exported import Export, Exported, NotTaken
from reader.feeds.saving.files import NAME, save_story
from reader.feeds.saving.foreign import SAYS_NOTHING, mark_undecided, through_the_gate
from reader.library.marks.marks import MarkKind, Marks
from reader.library.marks.model import MOST_NOTE
from reader.stories.dates import parse_date
from reader.stories.limits import LABEL_CHARACTERS
from reader.stories.urls import canonical_url, host_of

_PIECE = 200
"""Articles that are written, and then marked, at a time."""

_BASE = "https://export.invalid/"


class Taken(NamedTuple):
    """What came of an export.

    Attributes:
        stories: files that were written.
        known: articles that were stories of the library already.
        read: articles that are marked read now, and were not.
        starred: likewise.
        tagged: likewise, with a tag or a note.
        not_taken: what was not taken, and why.
    """

    stories: int
    known: int
    read: int
    starred: int
    tagged: int
    not_taken: tuple[NotTaken, ...]


class _Keyed(NamedTuple):
    """An article of an export, its address and its key."""

    article: Exported
    url: str
    key: str


class Taking:
    """Takes over exports.

    Args:
        library: the library's folder.
        marks: where the marks go.
        is_story: whether the library has a story of a canonical address.
        now: the time.
    """

    def __init__(self, library: Path, marks: Marks, is_story: Callable[[str], bool], now: datetime) -> None:
        self._library = library
        self._marks = marks
        self._is_story = is_story
        self._now = now

    def take_over(self, export: Export) -> Taken:
        """Write its articles as stories, and mark them as they are marked there.

        A mark that the person has set or taken off here since is left as it is.

        Raises:
            WriteError: a story cannot be written.
            MarksError: the marks cannot be read or written.
        """
        counts: Counter[str] = Counter()
        not_taken = list(export.not_taken)
        seen: set[str] = set()
        remove_drafts(self._library / NAME, self._now)
        with FeedReader() as reader:
            for start in range(0, len(export.articles), _PIECE):
                told = list(_told_apart(export.articles[start : start + _PIECE], seen, not_taken))
                new = [one for one in told if not self._is_story(one.key)]
                counts["known"] += len(told) - len(new)
                left = set()
                for passed in through_the_gate(new, _as_item, _BASE, reader):
                    one, entry = passed.article, passed.entry
                    if entry is None or not entry.url:
                        not_taken.append(NotTaken(one.article.title or one.url, passed.reason or SAYS_NOTHING))
                        left.add(one.key)
                    else:
                        self._save(one.article, entry, export.tool)
                counts["stories"] += len(new) - len(left)
                counts.update(self._mark([one for one in told if one.key not in left]))
        numbers = (counts["stories"], counts["known"], counts["read"], counts["starred"], counts["tagged"])
        return Taken(*numbers, tuple(not_taken))

    def _save(self, one: Exported, entry: Entry, tool: str) -> None:
        published, note = entry.published, ""
        if published is None or not is_believable(published, self._now):
            why = "no time" if published is None else "a time that is to come"
            when = parse_date(clean(one.saved))
            is_known = isinstance(when, datetime) and is_believable(when, self._now)
            published = when if isinstance(when, datetime) and is_known else self._now
            note = f"{tool} gives {why}; this is when it was {'saved there' if is_known else 'taken over'}"
        domain = host_of(entry.url)
        outlet = Outlet(clean(one.outlet)[:LABEL_CHARACTERS] or domain, domain)
        body = one.markdown or entry.body
        telling = Telling(entry.url, "", published, note, outlet, entry.topics, ())
        save_story(self._library, entry._replace(body=body, guid=""), telling)

    def _mark(self, told: Sequence[_Keyed]) -> dict[str, int]:
        """Mark articles as they are marked there, but for what was decided here."""
        read = mark_undecided(self._marks, [one.key for one in told if one.article.is_read], MarkKind.READ)
        starred = mark_undecided(self._marks, [one.key for one in told if one.article.is_starred], MarkKind.STARRED)
        return {"read": len(read), "starred": len(starred), "tagged": len(self._tag(told) | self._note(told))}

    def _tag(self, told: Sequence[_Keyed]) -> set[str]:
        tagged: set[str] = set()
        for tag in dict.fromkeys(tag for one in told for tag in one.article.tags):
            if label := clean(tag)[:LABEL_CHARACTERS]:
                keys = [one.key for one in told if tag in one.article.tags]
                tagged.update(mark_undecided(self._marks, keys, MarkKind.TAG, label))
        return tagged

    def _note(self, told: Sequence[_Keyed]) -> set[str]:
        notes = {one.key: one.article.note for one in told if one.article.note}
        noted = notes.keys() - self._marks.decided(notes, MarkKind.NOTE)
        for key in noted:
            self._marks.set([key], MarkKind.NOTE, notes[key][:MOST_NOTE])
        return noted


def _told_apart(piece: Sequence[Exported], seen: set[str], not_taken: list[NotTaken]) -> Iterator[_Keyed]:
    """Articles with their keys, each once; what has none, and what comes again, is told."""
    for one in piece:
        url = absolute(clean(one.url), "")
        key = canonical_url(url) or ""
        if not key or key in seen:
            not_taken.append(NotTaken(one.title or one.url, "it comes twice" if key else "no web address"))
        else:
            seen.add(key)
            yield _Keyed(one, url, key)


def _as_item(keyed: _Keyed) -> dict[str, Any]:
    one = keyed.article
    return {
        "url": keyed.url, "title": one.title, "summary": one.excerpt, "content_html": one.html,
        "date_published": one.published, "authors": [{"name": name} for name in one.authors], "tags": list(one.topics),
        "image": one.image,
    }  # fmt: skip
