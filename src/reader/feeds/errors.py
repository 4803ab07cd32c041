"""What goes wrong with feeds."""

from __future__ import annotations

from reader.base.errors import ReaderError


class FeedError(ReaderError):
    """The root of what goes wrong with feeds; the text says what."""


class SubscriptionsError(FeedError):
    """The subscriptions cannot be read or written; nothing has changed."""


class UnknownFeedError(FeedError):
    """No feed of the subscriptions answers to what was given."""


class FeedParseError(FeedError):
    """What was sent is no feed that can be read."""


class FetchError(FeedError):
    """A feed is not to be had now."""


class FetchingBusyError(FeedError):
    """Another copy of the program asks the feeds of this library now."""
