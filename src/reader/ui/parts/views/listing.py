"""From a view to what is listed, and back."""

from __future__ import annotations

from collections.abc import Iterable

from reader.base.errors import QueryError
from reader.base.wording import fold
from reader.library.index.listing import Listing, Shown
from reader.library.query.query import Query, Sort
from reader.settings.config import View


def listing_of(view: View) -> Listing:
    """What a view lists; an order that is not known is the usual one.

    Raises:
        QueryError: its query is wrong.
    """
    sort = next((sort for sort in Sort if sort.short == view.sort), Sort.NEWEST)
    listing = Listing(view.query, sort=sort, by_event=view.by_event)
    if listing.error is not None:
        raise listing.error
    return listing


def is_of(listing: Listing, view: View) -> bool:
    """Whether what is listed is what a view lists."""
    if view.query != listing.text.strip():  # most are told apart without reading their queries
        return False
    try:
        return listing_of(view) == listing._replace(text=listing.text.strip())
    except QueryError:
        return False


def view_of(listing: Listing, name: str = "") -> View:
    """What is listed as a view: the topics that are chosen, and unread or starred, are a part of its query.

    An order that the query says itself is the only one.
    """
    sort = "" if listing.sort is Sort.NEWEST or listing.query.sort else listing.sort.short
    text = listing.text.strip()
    if listing.topics or listing.shown is not Shown.ALL:
        text = str(_whole(listing))
    return View(name, text, sort, listing.by_event)


def also_taken(listing: Listing, known: Iterable[str]) -> list[str]:
    """Topics that are not chosen and that `view_of` lists as well: a query asks for topics that begin so."""
    begun = tuple(map(fold, listing.topics))
    return [topic for topic in known if begun and fold(topic).startswith(begun) and topic not in listing.topics]


def _whole(listing: Listing) -> Query:
    """The query of all that a listing asks for."""
    from reader.library.query.tokens import as_value
    from reader.library.query.tree import Field, Term, all_of

    chosen = Term(Field.TOPIC, tuple(map(as_value, sorted(listing.topics)))) if listing.topics else None
    query = listing.query
    return Query(all_of((chosen, query.tree)), query.sort)
