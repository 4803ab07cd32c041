"""The dialog that lists more like one story: by a topic of it, by its outlet, or by its event."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from textual import work
from textual.binding import Binding
from textual.content import Content

from reader.base.wording import plural
from reader.library.index.index import Index
from reader.library.index.listing import Listing
from reader.library.query.tokens import as_value
from reader.library.query.tree import Field, Term
from reader.library.query.values import article_of
from reader.ui.dialogs.choice import LISTS, ChoiceDialog
from reader.ui.look.cells import column

_AROUND = 31
"""Cells around a name: frame, number, kind, and a count of 100,000 stories."""


class Like(NamedTuple):
    """Something that other stories have in common with one.

    Attributes:
        kind: `topic`, `outlet` or `event`.
        name: its name.
        listing: the listing of all stories that have it.
    """

    kind: str
    name: str
    listing: Listing


def likes_of(topics: Sequence[str], provider: str, plain: Listing) -> list[Like]:
    """The topics and the outlet of a story, each to be listed.

    Args:
        topics: its topics.
        provider: its outlet's name.
        plain: all stories, in the order in which they are to be listed.
    """
    likes = [Like("topic", topic, plain._replace(topics=frozenset({topic}))) for topic in topics]
    if any(map(str.isalnum, provider)):
        asked = Term(Field.PROVIDER, (as_value(provider),))
        likes.append(Like("outlet", provider, plain._replace(text=str(asked))))
    return likes


def event_like(index: Index, key: str, plain: Listing) -> Like | None:
    """The event of an article, to be listed; None where it is on no event with other articles.

    A query names an event by any article on it: where the link of one cannot be written in a query, another is taken.

    Args:
        index: the index.
        key: the key of the article.
        plain: as in `likes_of`.
    """
    keys = index.on_events_of([key])
    written = (one for one in (key, *sorted(keys)) if as_value(one) == one and article_of(one) == one)
    name = next(written, None)
    if len(keys) < 2 or name is None:
        return None
    listing = plain._replace(text=str(Term(Field.EVENT, (name,))), by_event=False)
    return Like("event", plural(len(keys), "article"), listing)


class LikeDialog(ChoiceDialog[Listing]):
    """The topics, the outlet and the event of a story, numbered; gives back the listing of the one that is chosen.

    Args:
        likes: its topics and its outlet.
        find_event: finds its event.
        count: counts the stories of a listing; None where they cannot be counted.
    """

    BINDINGS: ClassVar[list[Binding]] = [
        *(Binding(str(n), f"nth({n})", show=False) for n in range(1, 10)),
        *LISTS,
    ]
    TITLE_TEXT = "More like this"
    HELP_TEXT = "1–9 or Enter list · {dialog.close} close"
    EMPTY_TEXT = "This story has no topic, no outlet and no event."

    def __init__(
        self,
        likes: Sequence[Like],
        find_event: Callable[[], Awaitable[Like | None]],
        count: Callable[[Listing], Awaitable[int | None]],
    ) -> None:
        super().__init__()
        self._likes = list(likes)
        self._find_event = find_event
        self._count = count
        self._counts: dict[int, str] = {}

    def on_mount(self) -> None:
        """Look for the event, and count the stories of each line."""
        self._look()

    @work(exclusive=True, group="look")
    async def _look(self) -> None:
        event = await self._find_event()
        if event is not None:
            self._likes.append(event)
            self.list_choices("")
        for number, like in enumerate(self._likes):
            count = await self._count(like.listing)
            self._counts[number] = "" if count is None else plural(count, "story", "stories")
            self.list_choices("")

    def choices(self, typed: str) -> list[tuple[str, Content]]:  # noqa: ARG002 — nothing is typed here
        """A line for each, with its number and its count."""
        return [(str(number), self._shown(number, like)) for number, like in enumerate(self._likes)]

    def _shown(self, number: int, like: Like) -> Content:
        most = max(min(72, int(self.app.size.width * 0.96)) - _AROUND, 8)
        return Content.from_markup(
            "[$accent]$key[/]  [$reader-dim]$kind[/]  $name  [$reader-dim]$count[/]",
            key=str(number + 1) if number < 9 else " ",
            kind=f"{like.kind:<6}",
            name=column(like.name, min(max(cell_len(one.name) for one in self._likes), most)),
            count=self._counts.get(number, "…"),
        )

    def choose(self, name: str) -> None:
        """Give back the listing of a line."""
        self.dismiss(self._likes[int(name)].listing)

    def action_nth(self, number: int) -> None:
        """Choose the nth line."""
        if number <= len(self._likes):
            self.choose(str(number - 1))
