"""What a scribe (see `scribe`) is given to do, and what it answers: both ends of the wire.

It reads the assignment from its standard input: a line of JSON, then the set of the stories, a bit for each id. It
answers with one line of JSON on its standard output.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, NamedTuple

from reader.base.errors import (
    IndexReplacedError,
    LibraryIndexError,
    MarksError,
    MarksForgottenError,
    MarksUnwrittenError,
    ReaderError,
)
from reader.library.index.lists.story_set import StorySet
from reader.library.index.storage.schema import FileIdentity
from reader.library.marks.changes import Wanted
from reader.library.marks.model import Change, MarkKind

_TROUBLES: dict[str, type[ReaderError]] = {
    "marks": MarksError,
    "forgotten": MarksForgottenError,
    "unwritten": MarksUnwrittenError,
    "index": LibraryIndexError,
    "replaced": IndexReplacedError,
}
"""The names of errors on the wire. An error of another type is sent as one of the index or of the marks."""


class Act(StrEnum):
    """What a scribe is to do."""

    SET = "set"
    """Set or take off a flag."""

    UNDO = "undo"
    """Take a change back."""

    REDO = "redo"
    """Do again what was taken back."""


class Further(NamedTuple):
    """A change to be made after an assignment, whether or not that could be done.

    Attributes:
        intent: the change, without its keys.
        wanted: what it gives to which articles.
        by_itself: whether nobody decided it, as in `Marks.set`.
    """

    intent: Change
    wanted: Mapping[Wanted, Sequence[str]]
    by_itself: bool = False

    def said(self) -> dict[str, object]:
        """The change as JSON, for a scribe."""
        wanted = [[*given, [*keys]] for given, keys in self.wanted.items()]
        return {**self.intent.said, "wanted": wanted, "own": self.by_itself}

    @classmethod
    def of(cls, said: dict[str, Any]) -> Further:
        """The change that `said` has made JSON of."""
        return cls(Change.of(said), {Wanted(label, value): keys for label, value, keys in said["wanted"]}, said["own"])


@dataclass(frozen=True, slots=True)
class Assignment:
    """What a scribe is given to do. Doing it twice changes nothing more, so that it can be begun again after a kill.

    Attributes:
        act: what to do.
        kind: the flag to set or take off.
        value: whether to set it (True) or to take it off.
        stories: the stories to set it on.
        index: which index file these ids are of; None only where there are no stories.
        change: the time of the change to take back, as in `Marks.last_change`. Its id may be given to another change.
        further: changes to make afterwards; only for a scribe that is left alone, as its answer does not cover them.
    """

    act: Act
    kind: MarkKind = MarkKind.READ
    value: bool = True
    stories: StorySet = field(default_factory=StorySet)
    index: FileIdentity | None = None
    change: int = 0
    further: tuple[Further, ...] = ()

    def packed(self) -> bytes:
        """The assignment as bytes, for a scribe's standard input."""
        said = {"act": self.act, "kind": self.kind, "value": self.value, "index": self.index, "change": self.change}
        said["stories"] = len(self.stories)
        said["further"] = [further.said() for further in self.further]
        return json.dumps(said).encode() + b"\n" + self.stories.as_bytes

    @classmethod
    def unpacked(cls, data: bytes) -> Assignment:
        """The assignment that `packed` has made bytes of.

        Raises:
            MarksError: it is not whole, or of another version of the program, which was replaced while it ran.
        """
        head, _, tail = data.partition(b"\n")
        said = json.loads(head)
        stories = StorySet.of_bits(int.from_bytes(tail, "little"))
        if said.get("stories") != len(stories):
            raise MarksError("which stories to mark is not clear: start the program anew if it was replaced meanwhile")
        index = FileIdentity(*said["index"]) if said["index"] is not None else None
        further = tuple(map(Further.of, said["further"]))
        return cls(Act(said["act"]), MarkKind(said["kind"]), said["value"], stories, index, said["change"], further)


def change_line(change: Change | None) -> str:
    """The answer of a scribe that is done: the change without its keys; None where there was nothing to do."""
    if change is None:
        return json.dumps({"done": None})
    return json.dumps({"done": {**change.said, "count": change.count}})


def trouble_line(error: ReaderError) -> str:
    """The answer of a scribe that has failed, and so changed nothing."""
    names = {trouble: name for name, trouble in _TROUBLES.items()}
    return json.dumps(
        {names.get(type(error), "index" if isinstance(error, LibraryIndexError) else "marks"): str(error)}
    )


def change_of(line: str) -> Change | None:
    """The change that a scribe has made; None where there was nothing to do.

    Args:
        line: its answer.

    Raises:
        ReaderError: it has failed; the error is the one that it met.
        ValueError: the answer is not of this form.
    """
    name, said = next(iter(json.loads(line).items()))
    if name in _TROUBLES:
        raise _TROUBLES[name](said)
    if said is None:
        return None
    return Change.of(said, more=said["count"])
