"""What a person types to find stories, read into a value.

    query  = and { "OR" and }                  and  = unary { unary }; a written AND says the same
    unary  = [ "-" | "NOT" ] ( "(" query ")" | term )
    term   = field ":" value { "," value } | "phrase" | word | /regex/            comma: any of

Words match the beginning of a word in title, excerpt, body, provider or topics; case and diacritics make no difference.
Times are UTC. Text copied from a headline is a query: a word with a colon in it (`3:0`, a link, `Re: x`) is a plain
word, as are an operator without a left side, and a sign that stands alone; what is still to be typed (`topic:`, `a OR`,
a bracket that is not closed) asks for nothing yet. But a field that is known says what it expects where it does not get
it, and one that is not known (`topcs:ai`) is wrong. Where nobody is typing, `parse_whole` refuses what lacks something.

What only a query with conditions needs is imported when there is one: the screen starts without.
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
    """A condition on stories, and the order of those that meet it. It is falsy where every story does.

    Attributes:
        tree: the condition; None for every story.
        sort: the order; empty where the query does not say.
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
        """Whether it says something of hidden stories, and may list them."""
        if self.tree is None:
            return False
        from reader.library.query.tree import names_hidden

        return names_hidden(self.tree)

    @property
    def in_coverage(self) -> Query:
        """The same plain words, looked for in the coverage instead of in the stories; excluded ones stay."""
        if self.tree is None:
            return self
        from reader.library.query.tree import in_coverage

        return self._replace(tree=in_coverage(self.tree))

    def bind(self, now: datetime, marks: MarkSets | None = None) -> Query:
        """The query as it is asked at a certain time by a certain reader; a bound query is written as it was.

        What is hidden is left out, unless the query says something of it.

        Args:
            now: an aware time, from which ages are counted.
            marks: what the reader did; without them nothing is read, starred, watched, tagged or noted.
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
"""The order of a list of stories, by name or as a query gives it."""


def parse(text: str) -> Query:
    """Read a query. Past `limits.QUERY_TERMS` terms the rest is left out.

    Raises:
        QueryError: a field is not known, or got a value that it has no use for; a regular expression is wrong or may
            take forever, or groups are nested too deep.
    """
    if not text.strip():
        return Query()
    from reader.library.query.parser import read

    reading = read(text)
    return Query(reading.tree, reading.sort)


def parse_whole(text: str) -> Query:
    """As `parse`, for what is not being typed: what is left out of a query is lost there, and told.

    A bracket that is not closed leaves out nothing that was asked for, and neither does a sign that stands alone among
    words.

    Raises:
        QueryError: as in `parse`; or a part asks for nothing (`topic:`, `()`, `a OR`, `" "`), or there is more than is
            read.
    """
    if not text.strip():
        return Query()
    from reader.library.query.parser import read

    reading = read(text)
    for gap in reading.gaps:
        raise QueryError(*gap)
    return Query(reading.tree, reading.sort)


def asks_for_marks(text: str) -> bool:
    """Whether what a query finds may depend on what the reader marked; where it does not, no marks need be read."""
    lower = text.lower()
    return any(f"{field}:" in lower for field in ("is", "has", "tag"))


def asks_for_growth(text: str) -> bool:
    """Whether a query asks for events that grew: what these are is looked up for such a query only."""
    return "new" in text.lower() and asks_for_marks(text)
