"""The errors about feeds."""

from __future__ import annotations

from reader.base.errors import ReaderError


class FeedError(ReaderError):
    """The root of all errors about feeds; the message says what is wrong."""


class SubscriptionsError(FeedError):
    """The subscriptions cannot be read or written; nothing was changed."""


class UnknownFeedError(FeedError):
    """No feed of the subscriptions, or more than one, has the name or address that was given."""


class FeedParseError(FeedError):
    """What a server sent is no feed, or no page, that can be parsed."""


class FetchError(FeedError):
    """A feed or a page could not be fetched."""


class FetchingBusyError(FeedError):
    """Another copy of the program is asking the feeds of this library now."""
