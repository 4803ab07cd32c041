"""Following the rules of the settings: marks are set on new stories that match a query, and commands run for them."""

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
HIDE = "hide"
"""What a rule does to stories that nobody is to see."""

_SECONDS = 30
"""The most seconds that a command may take for one story."""

_MOST_FAILURES = 3
"""After it has failed for so many stories, a command is not run for the others."""


class Applied(NamedTuple):
    """The result of a rule.

    Attributes:
        rule: the rule.
        stories: the ids of the stories that match it.
        failed: why its command failed; empty where it did not, or there is none.
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
    """Set the marks of rules, one after the other, so that each sees what those before it marked.

    Their commands are run by `run_commands`.

    Args:
        rules: the rules of the configuration, whose queries were checked.
        library: the library of the stories, with its index up to date.
        marks: the person's marks. `undo` does not take back these changes: it is for what a person did.
        now: the present time, for the ages of stories.
        among: the ids of the only stories to mark; None for all.
        dry: whether to mark nothing, and only find the stories.

    Raises:
        MarksError: the marks cannot be read or written.
        LibraryIndexError: the index turns out to be damaged.
    """
    applied = []
    for rule in rules:
        listing, index = Listing(rule.when), library.index
        with index.one_state():  # all ids of stories must be of the same state
            sets = sets_for(listing, marks, index) if listing.asks_for_marks else None  # hidden stories count as well
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
    """Run the commands of rules for the stories that match them: one story after the other, in the order of rules.

    Args:
        applied: the results of `apply_rules`.
        library: as in `apply_rules`.
        takes: called with each story before its first command is run; says whether to run commands for it.

    Returns:
        The same results, with the last failure of each command.
    """
    wanted = [frozenset(one.stories if one.rule.run else ()) for one in applied]
    failures: list[list[str]] = [[] for _ in applied]
    for story in dict.fromkeys(story for one in applied if one.rule.run for story in one.stories):
        values = _values(library, story) if takes(story) else None
        for one, stories, reasons in zip(applied, wanted, failures, strict=True):
            if values is not None and story in stories and len(reasons) < _MOST_FAILURES:
                try:
                    _run_one(one.rule.run, values)
                except RunError as error:
                    reasons.append(str(error))
    last = (reasons[-1] if reasons else "" for reasons in failures)
    return tuple(one._replace(failed=reason) for one, reason in zip(applied, last, strict=True))


def _mark(rule: Rule, keys: Sequence[str], marks: Marks) -> None:
    for action in rule.then:
        if action.startswith(TAG_WORD):
            marks.set(keys, MarkKind.TAG, True, action.removeprefix(TAG_WORD), by_itself=True)
        elif action == HIDE:  # nobody is to read it, so it must not count as unread
            marks.set(keys, MarkKind.TAG, True, HIDDEN, by_itself=True)
            marks.set(keys, MarkKind.READ, True, by_itself=True)
        else:
            marks.set(keys, _FLAGS[action], True, by_itself=True)


def _values(library: Library, story: int) -> Values | None:
    """The values for the placeholders of a command; None where the story is gone."""
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
