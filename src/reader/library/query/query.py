"""The query language, and a query as a value (`Query`).

    query  = and { "OR" and }                  and  = unary { unary }; a written AND means the same
    unary  = [ "-" | "NOT" ] ( "(" query ")" | term )
    term   = field ":" value { "," value } | "phrase" | word | /regex/            comma: any of

Words match the beginning of a word in title, excerpt, body, provider or topics; case and diacritics make no difference.
Times are in UTC. Text copied from a headline is a query: a word with a colon in it (`3:0`, a link, `Re: x`) is a plain
word, and so are an operator with nothing to its left and a sign that stands alone. What is only half typed (`topic:`,
`a OR`, a bracket that is not closed) asks for nothing yet. But a known field with a value that it has no use for is
wrong, and so is a field that is not known (`topcs:ai`). `parse` is for what is being typed; `parse_whole`, for all
else, refuses what is only half there.

What only a query with conditions needs is imported when there is one, as the screen starts without.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from reader.base.circle import Circle
from reader.base.errors import QueryError

if TYPE_CHECKING:
    from datetime import datetime

    from reader.library.query.tree import Node, SortKey
    from reader.library.query.values import MarkSets


class Query(NamedTuple):
    """A condition on stories, and the order of those that meet it. It is falsy if all stories do.

    Attributes:
        tree: the condition; None for all stories.
        sort: the order; empty where the query has none.
    """

    tree: Node | None = None
    sort: tuple[SortKey, ...] = ()

    def __bool__(self) -> bool:
        return self.tree is not None

    def __str__(self) -> str:
        order = f"sort:{','.join(map(str, self.sort))}" if self.sort else ""
        condition = "" if self.tree is None else str(self.tree)
        return " ".join(filter(None, (condition, order)))

    @property
    def parts(self) -> tuple[Node, ...]:
        """The conditions that must all hold."""
        if self.tree is None:
            return ()
        from reader.library.query.tree import And

        return self.tree.parts if isinstance(self.tree, And) else (self.tree,)

    @property
    def names_hidden(self) -> bool:
        """Whether it has `is:hidden`, and so may list hidden stories."""
        if self.tree is None:
            return False
        from reader.library.query.tree import names_hidden

        return names_hidden(self.tree)

    @property
    def in_coverage(self) -> Query:
        """The same query with its plain words looked for in the coverage of stories; excluded words stay."""
        if self.tree is None:
            return self
        from reader.library.query.tree import in_coverage

        return self._replace(tree=in_coverage(self.tree))

    def bind(self, now: datetime, marks: MarkSets | None = None) -> Query:
        """Put the time and the marks into a query: ages become times, and conditions on marks become sets of stories.

        Hidden stories are left out, unless the query has `is:hidden`. As text, a bound query is the same as before.

        Args:
            now: the aware time from which ages are counted.
            marks: what the reader marked; without them nothing is read, starred, watched, tagged or noted.
        """
        hidden = marks.hidden if marks is not None else frozenset()
        if self.tree is None and not hidden:
            return self
        from reader.library.query.tree import bound, without
        from reader.library.query.values import MarkSets

        tree = self.tree and bound(self.tree, now, marks or MarkSets())
        if hidden and not self.names_hidden:
            tree = without(tree, hidden)
        return self._replace(tree=tree)


class Sort(Circle):
    """The order of a list of stories."""

    NEWEST = "newest first"
    OLDEST = "oldest first"
    QUALITY = "best quality first"
    PROVIDER = "by provider"
    COVERED = "most covered first"

    @property
    def short(self) -> str:
        """Its name on the command line."""
        return self.name.lower()


Order: TypeAlias = "Sort | tuple[SortKey, ...]"
"""The order of a list of stories: one that has a name, or that of a query's `sort:`."""


def parse(text: str) -> Query:
    """Read a query that may be only half typed: what asks for nothing yet, and too many terms, are left out.

    Raises:
        QueryError: a field is not known, or has a value that it has no use for; a regular expression cannot be used, or
            groups are nested too deep.
    """
    if not text.strip():
        return Query()
    from reader.library.query.parser import read

    reading = read(text)
    return Query(reading.tree, reading.sort)


def parse_whole(text: str) -> Query:
    """Read a query that is not being typed, of which nothing may be left out.

    A bracket that is not closed is allowed, as is a sign that stands alone among words.

    Raises:
        QueryError: as in `parse`; or a part asks for nothing (`topic:`, `()`, `a OR`, `" "`), or the query is too long.
    """
    if not text.strip():
        return Query()
    from reader.library.query.parser import read

    reading = read(text)
    for gap in reading.gaps:
        raise QueryError(*gap)
    return Query(reading.tree, reading.sort)


def asks_for_marks(text: str) -> bool:
    """Whether what a query finds may depend on marks. A quick look: if it is False, no marks need to be read."""
    lower = text.lower()
    return any(f"{field}:" in lower for field in ("is", "has", "tag"))


def asks_for_growth(text: str) -> bool:
    """Whether a query may ask for events that have new articles. A quick look: only then are these looked up."""
    return "new" in text.lower() and asks_for_marks(text)
