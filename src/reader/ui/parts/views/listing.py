"""From a view to the listing that shows it, and back."""

from __future__ import annotations

from collections.abc import Iterable

from reader.base.errors import QueryError
from reader.base.wording import fold
from reader.library.index.listing import Listing, Shown
from reader.library.query.query import Query, Sort
from reader.settings.config import View


def listing_of(view: View) -> Listing:
    """The listing of a view; newest first where its order is not known.

    Raises:
        QueryError: its query is wrong.
    """
    sort = next((sort for sort in Sort if sort.short == view.sort), Sort.NEWEST)
    listing = Listing(view.query, sort=sort, by_event=view.by_event)
    if listing.error is not None:
        raise listing.error
    return listing


def is_of(listing: Listing, view: View) -> bool:
    """Whether a listing is that of a view."""
    if view.query != listing.text.strip():  # most differ in this: it spares parsing their queries
        return False
    try:
        return listing_of(view) == listing._replace(text=listing.text.strip())
    except QueryError:
        return False


def view_of(listing: Listing, name: str = "") -> View:
    """A view of what is listed. The topics that are chosen, and unread or starred, become part of its query.

    Where the query itself says how to sort, the view has no other order.
    """
    sort = "" if listing.sort is Sort.NEWEST or listing.query.sort else listing.sort.short
    text = listing.text.strip()
    if listing.topics or listing.shown is not Shown.ALL:
        text = str(_whole(listing))
    return View(name, text, sort, listing.by_event)


def also_taken(listing: Listing, known: Iterable[str]) -> list[str]:
    """Topics that are not chosen, but that the view of `view_of` lists as well: `topic:` finds all that begin so."""
    begun = tuple(map(fold, listing.topics))
    return [topic for topic in known if begun and fold(topic).startswith(begun) and topic not in listing.topics]


def _whole(listing: Listing) -> Query:
    """The query for all that a listing asks for, topics and marks among it."""
    from reader.library.query.tokens import as_value
    from reader.library.query.tree import Field, Term, all_of

    chosen = Term(Field.TOPIC, tuple(map(as_value, sorted(listing.topics)))) if listing.topics else None
    query = listing.query
    return Query(all_of((chosen, query.tree)), query.sort)
