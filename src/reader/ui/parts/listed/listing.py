"""The words in which the story list tells what it shows, why it is empty, and what is wrong with a query."""

from __future__ import annotations

from collections.abc import Mapping

from reader.base.errors import QueryError
from reader.base.wording import plural
from reader.library.index.listing import Answer, Listing, Shown
from reader.library.query.query import Sort
from reader.ui.keys.bindings import key_of
from reader.ui.look.cells import cut

_LONGEST_TOLD, _SHORTER_TOLD = 200, (24, 12)
"""Cells of a query in the bar; and where there is less room."""


def describe(answer: Answer, hidden: int = 0) -> tuple[str, ...]:
    """What is listed in a few words, for the bar above the list; and in ever fewer, the last for a narrow one.

    The order stands in all but the last, and where only unread or starred stories are listed, which of these outlasts
    the order. Where events are rows, rows and stories are told apart. How many are listed is not told before all of
    them are known.

    Args:
        answer: what is listed.
        hidden: how many stories are hidden, which no other count has either.
    """
    listed, total, listing = len(answer.ids), _all_of(answer, hidden), answer.listing
    if not answer.is_whole:
        return _described_beginning(answer, total)
    stories = "all stories" if listed == total else f"{listed:,} of {total:,}"
    order, marks = [_in_words(listing)], [] if listing.shown is Shown.ALL else [str(listing.shown)]
    amount, least = [stories], stories
    if answer.events is not None:
        rows, order = plural(len(answer.events.rows), "row"), [*order, "by event"]
        amount, least = [rows, stories if listed == total else f"{stories} stories"], f"by event · {rows}"
    queries = dict.fromkeys(cut(listing.understood, most) for most in (_LONGEST_TOLD, *_SHORTER_TOLD))
    looked_for = [[f"“{query}”"] if query else [] for query in queries]
    told = [[*order, *marks, *query, *amount] for query in looked_for]
    if answer.events is not None:
        few = [rows, plural(listed, "story", "stories")]
        told += [[*order, *marks, *looked_for[-1], *few], [*order, *amount], [*order, rows]]
        if marks:
            told[-2:] = [[*order, *marks, *few], ["by event", *marks, *few], ["by event", *marks, rows]]
    else:
        told += [[*order, *marks, *amount], *([[*marks, *amount]] if marks else [])]
    return (*map(" · ".join, told), least)


def differences(answer: Answer, hidden: int = 0) -> str:
    """What tells a list from all stories, newest first, in few words for a screen without a bar; empty for these.

    Args:
        answer: what is listed.
        hidden: as in `describe`.
    """
    listed, total, listing = len(answer.ids), _all_of(answer, hidden), answer.listing
    query = cut(listing.understood, _SHORTER_TOLD[1])
    parts = [
        "" if listing.shown is Shown.ALL else str(listing.shown),
        *sorted(listing.topics),
        f"“{query}”" if query else "",
        f"{listed:,} of {total:,}" if answer.is_whole and listed != total else "",
        "by event" if listing.by_event else "",
        "" if _in_words(listing) == str(Sort.NEWEST) else _in_words(listing),
    ]
    return " · ".join(filter(None, parts))


def _all_of(answer: Answer, hidden: int) -> int:
    """How many stories could be listed: those that are hidden only where the query says something of them."""
    return answer.counts.stories - (0 if hidden and answer.listing.query.names_hidden else hidden)


def _described_beginning(answer: Answer, total: int) -> tuple[str, ...]:
    """As `describe`, of the first stories of a list."""
    listing = answer.listing
    query = cut(listing.understood, _SHORTER_TOLD[0])
    order = [_in_words(listing), *([] if answer.events is None else ["by event"])]
    marks = [] if listing.shown is Shown.ALL else [str(listing.shown)]
    is_all = not (query or marks or listing.topics)
    amount = "all stories" if is_all else f"… of {total:,}"
    asked = [*marks, *([f"“{query}”"] if query else [])]
    return " · ".join([*order, *asked, amount]), " · ".join([*(marks or order), amount]), amount


def why_empty(answer: Answer, *, is_reading: bool, folder: str, keymap: Mapping[str, str]) -> str:
    """Why nothing is listed, and which key leads out of it.

    Args:
        answer: what the index answered.
        is_reading: whether the folder is still being read.
        folder: the library's folder as a person writes it.
        keymap: keys that differ from the program's own, by the ids of bindings.
    """
    listing, counts = answer.listing, answer.counts
    if is_reading and not counts.stories:
        return f"Reading {folder} …"
    if not counts.stories:
        told = f"No stories in {folder}."
        if counts.unread:
            key = key_of("library.problems", keymap)
            return f"{told} {plural(counts.unread, 'file')} could not be read: press {key} to see why."
        if counts.passed_over:
            key = key_of("library.problems", keymap)
            files = plural(counts.passed_over, "file, such as a draft, was", "files, such as drafts, were")
            return f"{told} {files} passed over: press {key} to see why."
        feeds, ask = key_of("library.feeds", keymap), key_of("library.rescan", keymap)
        return (
            f"{told} {feeds} shows and adds its feeds, and {ask} asks them. A story is a .md, .markdown, .txt, .yaml "
            f"or .yml file that begins with front matter between lines of ---. Press {key_of('app.quit', keymap)} to "
            f"leave, and run: reader FOLDER"
        )
    if answer.in_coverage:
        count = answer.in_coverage
        stories, them = ("story", "it") if count == 1 else ("stories", "them")
        return (
            f"No story says “{listing.understood}”, but the coverage of {count:,} {stories} does. "
            f"{key_of('list.choose', keymap)} lists {them}; {key_of('go.escape', keymap)} clears the search."
        )
    ways = []
    if listing.text.strip():
        ways.append(f"{key_of('go.escape', keymap)} clears the search")
    if listing.topics:
        ways.append(f"{key_of('list.no_topics', keymap)} switches all topics off")
    if listing.shown is not Shown.ALL:
        ways.append(f"{key_of('list.shown', keymap)} goes on to other marks")
    looked_for = f" for “{listing.understood}”" if listing.understood else ""
    topics = f" in {' or '.join(sorted(listing.topics))}" if listing.topics else ""
    kind = "" if listing.shown is Shown.ALL else f"{listing.shown} "
    return f"No {kind}story found{looked_for}{topics}. {'; '.join(ways)}."


def error_in_words(error: QueryError) -> str:
    """What is wrong with a query, as a line of its own."""
    return f"{error.reason[:1].upper()}{error.reason[1:]}"


def _in_words(listing: Listing) -> str:
    """The order of a listing: the one of its query, where that says one."""
    keys = listing.query.sort
    told = ", ".join(f"{key.field} falling" if key.falls else str(key.field) for key in keys)
    return f"by {told}" if keys else str(listing.sort)
