"""The texts about the story list: what it shows, why it is empty, and what is wrong with a query."""

from __future__ import annotations

from collections.abc import Mapping

from reader.base.errors import QueryError
from reader.base.wording import plural
from reader.library.index.listing import Answer, Listing, Shown
from reader.library.query.query import Sort
from reader.ui.keys.bindings import key_of
from reader.ui.look.cells import cut

_LONGEST_QUERY, _SHORTER_QUERIES = 200, (24, 12)
"""The most cells of a query in the bar; and the lengths to try where there is less room."""


def describe(answer: Answer, hidden: int = 0) -> tuple[str, ...]:
    """What is listed, for the bar above the list: in several wordings, each shorter than the one before.

    The order is one of the last things to be left out; that only unread or starred stories are listed goes after it.
    Where events are rows, rows and stories are counted separately. The number of stories is left out until all of
    them are known.

    Args:
        answer: what is listed.
        hidden: how many stories are hidden; no count on the screen includes them.
    """
    listed, total, listing = len(answer.ids), _all_of(answer, hidden), answer.listing
    if not answer.is_whole:
        return _described_beginning(answer, total)
    order, marks = [_in_words(listing)], [] if listing.shown is Shown.ALL else [str(listing.shown)]
    stories = "all stories" if listed == total and not marks else f"{listed:,} of {total:,}"
    amount, least = [stories], stories
    if answer.events is not None:
        rows, order = plural(len(answer.events.rows), "row"), [*order, "by event"]
        amount, least = [rows, stories if stories == "all stories" else f"{stories} stories"], f"by event · {rows}"
    queries = dict.fromkeys(cut(listing.understood, most) for most in (_LONGEST_QUERY, *_SHORTER_QUERIES))
    looked_for = [[f"“{query}”"] if query else [] for query in queries]
    wordings = [[*order, *marks, *query, *amount] for query in looked_for]
    if answer.events is not None:
        few = [rows, plural(listed, "story", "stories")]
        wordings += [[*order, *marks, *looked_for[-1], *few], [*order, *amount], [*order, rows]]
        if marks:
            wordings[-2:] = [[*order, *marks, *few], ["by event", *marks, *few], ["by event", *marks, rows]]
    else:
        wordings += [[*order, *marks, *amount], *([[*marks, *amount]] if marks else [])]
    return (*map(" · ".join, wordings), least)


def differences(answer: Answer, hidden: int = 0) -> str:
    """How a list differs from all stories, newest first, in few words for a screen without a bar; empty if it does not.

    Args:
        answer: what is listed.
        hidden: as in `describe`.
    """
    listed, total, listing = len(answer.ids), _all_of(answer, hidden), answer.listing
    query = cut(listing.understood, _SHORTER_QUERIES[1])
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
    """How many stories could be listed. Hidden ones count only where the query asks about hidden stories."""
    return answer.counts.stories - (0 if hidden and answer.listing.query.names_hidden else hidden)


def _described_beginning(answer: Answer, total: int) -> tuple[str, ...]:
    """As `describe`, while only the first stories of a list are known."""
    listing = answer.listing
    query = cut(listing.understood, _SHORTER_QUERIES[0])
    order = [_in_words(listing), *([] if answer.events is None else ["by event"])]
    marks = [] if listing.shown is Shown.ALL else [str(listing.shown)]
    is_all = not (query or marks or listing.topics)
    amount = "all stories" if is_all else f"… of {total:,}"
    asked = [*marks, *([f"“{query}”"] if query else [])]
    return " · ".join([*order, *asked, amount]), " · ".join([*(marks or order), amount]), amount


def why_empty(answer: Answer, *, is_reading: bool, folder: str, keymap: Mapping[str, str]) -> str:
    """Why nothing is listed, and which keys help.

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
        none = f"No stories in {folder}."
        if counts.unread:
            key = key_of("library.problems", keymap)
            return f"{none} {plural(counts.unread, 'file')} could not be read: press {key} to see why."
        if counts.passed_over:
            key = key_of("library.problems", keymap)
            files = plural(counts.passed_over, "file, such as a draft, was", "files, such as drafts, were")
            return f"{none} {files} passed over: press {key} to see why."
        feeds, ask = key_of("library.feeds", keymap), key_of("library.rescan", keymap)
        return (
            f"{none} {feeds} shows and adds its feeds, and {ask} asks them. A story is a .md, .markdown, .txt, .yaml "
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
    """What is wrong with a query, as a sentence of its own."""
    return f"{error.reason[:1].upper()}{error.reason[1:]}"


def _in_words(listing: Listing) -> str:
    """The order of a listing: that of its query if the query names one, else the chosen one."""
    keys = listing.query.sort
    fields = ", ".join(f"{key.field} falling" if key.falls else str(key.field) for key in keys)
    return f"by {fields}" if keys else str(listing.sort)
