"""Rules: what the settings say is to be done with new stories that answer a query. Marks are set, and commands run."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import NamedTuple

from reader.library.folder.paths import in_folder
from reader.library.index.listing import Listing
from reader.library.library import Library
from reader.library.marks.marks import MarkKind, Marks
from reader.library.marks.snapshot import sets_for
from reader.library.query.values import HIDDEN
from reader.outside.programs import RunError, Values, ending, fill, name_of
from reader.settings.config import TAG_WORD, Rule

_FLAGS = {"read": MarkKind.READ, "star": MarkKind.STARRED, "later": MarkKind.LATER}
_SECONDS = 30
"""Seconds that a command may take for one story."""

_MOST_FAILURES = 3
"""After so many stories for which a command failed, the others are not handed to it."""


class Applied(NamedTuple):
    """What came of a rule.

    Attributes:
        rule: the rule.
        stories: ids of the stories that it holds for.
        failed: why its command did not do what it was to do; empty where it did, or there is none.
    """

    rule: Rule
    stories: Sequence[int]
    failed: str = ""


def apply_rules(
    rules: Sequence[Rule],
    library: Library,
    marks: Marks,
    now: datetime,
    among: Collection[int] | None = None,
    *,
    dry: bool = False,
) -> tuple[Applied, ...]:
    """Mark as rules say, one after the other; what one marks, the next one sees. Their commands: see `run_commands`.

    Args:
        rules: as the configuration has them; their queries are right.
        library: whose stories are meant; its index is up to date.
        marks: where marks go. `undo` does not take them back: it is for what a person did on the screen.
        now: from when ages are counted.
        among: only these stories; None for all.
        dry: whether nothing is done.

    Raises:
        MarksError: the marks cannot be read or written.
        LibraryIndexError: the index turns out to be damaged.
    """
    applied = []
    for rule in rules:
        listing, index = Listing(rule.when), library.index
        with index.one_state():  # ids of stories are those of one state
            sets = sets_for(listing, marks, index) if listing.asks_for_marks else None  # what is hidden counts
            found = index.ask(listing, now=now, marks=sets).ids
            stories = [story for story in found if among is None or story in among]
            keys = [key for key in index.keys(stories).values() if key]
        if stories and not dry:
            _mark(rule, keys, marks)
        applied.append(Applied(rule, stories))
    return tuple(applied)


def run_commands(
    applied: Sequence[Applied], library: Library, takes: Callable[[int], bool] = lambda _: True
) -> tuple[Applied, ...]:
    """Hand stories to the commands of the rules that hold for them: story after story, rule after rule.

    Args:
        applied: what came of the rules.
        library: as in `apply_rules`.
        takes: asked of each story before its first command is run: whether that is to be done.

    Returns:
        The same, with what went wrong last.
    """
    wanted = [frozenset(one.stories if one.rule.run else ()) for one in applied]
    failures: list[list[str]] = [[] for _ in applied]
    for story in dict.fromkeys(story for one in applied if one.rule.run for story in one.stories):
        values = _values(library, story) if takes(story) else None
        for one, stories, told in zip(applied, wanted, failures, strict=True):
            if values is not None and story in stories and len(told) < _MOST_FAILURES:
                try:
                    _run_one(one.rule.run, values)
                except RunError as error:
                    told.append(str(error))
    return tuple(one._replace(failed=told[-1] if told else "") for one, told in zip(applied, failures, strict=True))


def _mark(rule: Rule, keys: Sequence[str], marks: Marks) -> None:
    for action in rule.then:
        if action.startswith(TAG_WORD):
            marks.set(keys, MarkKind.TAG, True, action.removeprefix(TAG_WORD), by_itself=True)
        elif action == "hide":  # nobody is to read it, so that it is not counted as unread
            marks.set(keys, MarkKind.TAG, True, HIDDEN, by_itself=True)
            marks.set(keys, MarkKind.READ, True, by_itself=True)
        else:
            marks.set(keys, _FLAGS[action], True, by_itself=True)


def _values(library: Library, story: int) -> Values | None:
    """What a command can be told of a story; None where that has gone."""
    text, path = library.index.text(story), library.index.path(story)
    if text is None or path is None:
        return None
    return Values(text.url, text.title, str(in_folder(library.root, path).absolute()))


def _run_one(command: Sequence[str], values: Values) -> None:
    filled = fill(command, values)
    try:
        done = subprocess.run(  # noqa: S603 — theirs, no shell
            filled, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise RunError(f"{name_of(command)} took longer than {_SECONDS} s") from error
    except (OSError, ValueError) as error:
        raise RunError(f"{name_of(command)}: {getattr(error, 'strerror', None) or error}") from error
    if done.returncode:
        raise RunError(ending(command, done.returncode))
