"""The words in which the story list tells what it shows, and why it is empty."""

from __future__ import annotations

from collections.abc import Mapping

from reader.library.index.listing import Answer, Listing, Shown
from reader.ui.keys.bindings import key_of


def describe(answer: Answer) -> tuple[str, ...]:
    """What is listed in a few words, for the bar above the list; and in ever fewer, the last for a narrow one."""
    listed, total, listing = len(answer.ids), answer.counts.stories, answer.listing
    amount = "all stories" if listed == total else f"{listed:,} of {total:,}"
    told = listing.told
    looked_for = [f"“{told}”"] if told else []
    if listing.shown is not Shown.ALL:
        looked_for.insert(0, str(listing.shown))
    order = _in_words(listing)
    if answer.events is None:
        return " · ".join([order, *looked_for, amount]), amount
    rows = len(answer.events.rows)
    if answer.is_folded:
        amount = f"{rows:,} of {total:,}"
    kinds = "event" if rows == 1 else "events and stories"
    full = f"{rows:,} {kinds} of {total:,}" if answer.is_folded else amount
    return (
        " · ".join([order, "by event", *looked_for, full]),
        " · ".join(["by event", *looked_for, amount]),
        f"by event · {rows:,}",
    )


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
            return f"{told} {counts.unread} files could not be read: press {key} to see why."
        return (
            f"{told} A story is a .md, .markdown, .txt, .yaml or .yml file that begins with front matter between lines "
            f"of ---. Press {key_of('app.quit', keymap)} to leave, and run: reader FOLDER"
        )
    if answer.in_coverage:
        count = answer.in_coverage
        stories, them = ("story", "it") if count == 1 else ("stories", "them")
        return (
            f"No story says “{listing.told}”, but the coverage of {count:,} {stories} does. "
            f"Press {key_of('list.choose', keymap)} to list {them}."
        )
    ways = []
    if listing.text.strip():
        ways.append(f"{key_of('go.escape', keymap)} clears the search")
    if listing.topics:
        ways.append(f"{key_of('list.no_topics', keymap)} switches all topics on")
    if listing.shown is not Shown.ALL:
        ways.append(f"{key_of('list.shown', keymap)} goes on to other marks")
    looked_for = f" for “{listing.told}”" if listing.told else ""
    topics = f" in {' or '.join(sorted(listing.topics))}" if listing.topics else ""
    kind = "" if listing.shown is Shown.ALL else f"{listing.shown} "
    return f"No {kind}story found{looked_for}{topics}. {'; '.join(ways)}."


def _in_words(listing: Listing) -> str:
    """The order of a listing: the one of its query, where that says one."""
    keys = listing.query.sort
    told = ", ".join(f"{key.field} falling" if key.falls else str(key.field) for key in keys)
    return f"by {told}" if keys else str(listing.sort)
