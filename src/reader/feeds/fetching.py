"""Asking the feeds of a library, and writing what is new as story files. `news` has all that comes before and after."""

from __future__ import annotations

import os
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import blake2b
from http import HTTPStatus
from itertools import cycle
from typing import NamedTuple
from urllib.parse import urlsplit

from reader.base.errors import ReaderError
from reader.base.times import long_time
from reader.feeds.arrivals.arrivals import Arrivals, Arrived
from reader.feeds.entries.process import FeedReader
from reader.feeds.errors import FeedError, FetchError
from reader.feeds.library import FeedLibrary
from reader.feeds.model import Feed, FetchProgress, ParsedFeed, feed_key
from reader.feeds.subscriptions.subscriptions import Subscriptions
from reader.feeds.web import schedule
from reader.feeds.web.asking import Done, ask_all
from reader.feeds.web.deadlines import TOO_LONG
from reader.feeds.web.web import Response, Web
from reader.library.feeds.state import FeedFacts, FeedState
from reader.stories.limits import FEED_SECONDS

_GRACE = 30.0
"""Seconds more for a feed that has come, to be read when the reading processes have done others."""

_LONG, _MOST_IN_VAIN = 5.0, 6
"""Seconds that are long to wait for nothing, and after how many such waits in a row the other feeds of a host are not
asked: some have hundreds."""

_MOST_READERS = 4


class Outcome(NamedTuple):
    """What came of asking one feed.

    Attributes:
        feed: the feed.
        arrived: how many files were written.
        error: why the asking failed; empty where it did not.
        moved: the address to which the feed has moved for good; empty where it has not.
        left_out: how many entries were not taken in, as there are too many or they say nothing.
    """

    feed: Feed
    arrived: Arrived = Arrived()
    error: str = ""
    moved: str = ""
    left_out: int = 0


class FetchReport(NamedTuple):
    """What came of asking the feeds of a library.

    Attributes:
        outcomes: one for each feed that was asked.
        skipped: feeds that were not asked, and why.
        written: the paths of new files, relative to the library's folder.
    """

    outcomes: tuple[Outcome, ...]
    skipped: tuple[tuple[Feed, str], ...]
    written: tuple[bytes, ...] = ()

    @property
    def failed(self) -> list[Outcome]:
        """The feeds that could not be asked or read."""
        return [outcome for outcome in self.outcomes if outcome.error]

    def total(self) -> Arrived:
        """How many files were written in all."""
        return Arrived(*(sum(counts) for counts in zip(*(one.arrived for one in self.outcomes), strict=True)))


class _Sent(NamedTuple):
    """What a server sent: its answer, and the feed in that. The feed is None where nothing has changed since before."""

    answer: Response
    feed: ParsedFeed | None
    body: str


class Fetching:
    """Asks the feeds of a library. Only one copy of the program does so at a time.

    Args:
        library: the library whose feeds are asked.
        own_hosts: hosts of this machine or the person's network that may be asked, as the setting has them.
        elsewhere: as in `Arrivals`.
    """

    def __init__(
        self,
        library: FeedLibrary,
        own_hosts: Iterable[str] = (),
        elsewhere: Callable[[str], bytes | None] = lambda _: None,
    ) -> None:
        self._library = library
        self._elsewhere = elsewhere
        self._web = Web(own_hosts)
        self._in_vain: Counter[str] = Counter()

    def run(
        self,
        only: Sequence[Feed] = (),
        *,
        due_only: bool = False,
        on_progress: Callable[[FetchProgress], None] = lambda _: None,
    ) -> FetchReport:
        """Ask the feeds.

        Args:
            only: ask these alone, even if they have ended; empty for all.
            due_only: whether to leave out feeds that were asked within the hour, or want to be left alone for longer.
                Timers do so; a person who asks wants all.
            on_progress: called after each feed.

        Raises:
            FetchingBusyError: another copy of the program is asking them now.
            SubscriptionsError: the subscriptions cannot be read.
            FeedStateError: what is known of the feeds cannot be read or written.
        """
        with ExitStack() as held:
            held.callback(self._web.close)
            state = held.enter_context(self._library.held())
            feeds = only or self._library.subscriptions().feeds
            facts = state.facts()
            reasons = {feed: self._why_not(facts.get(feed.key), only, due_only=due_only) for feed in feeds}
            asked = [feed for feed, why in reasons.items() if not why]
            arrivals = self._library.arrivals(state, self._elsewhere, are_news=True) if asked else None
            outcomes = []
            for outcome in self._outcomes(asked, state, facts, held, arrivals) if arrivals else ():
                outcomes.append(outcome)
                stories = sum(one.arrived.new for one in outcomes)
                on_progress(FetchProgress(len(outcomes), len(asked), stories))
            self._move(state, outcomes)
            written = tuple(arrivals.written) if arrivals else ()
        return FetchReport(tuple(outcomes), tuple((feed, why) for feed, why in reasons.items() if why), written)

    def _why_not(self, facts: FeedFacts | None, only: Sequence[Feed], *, due_only: bool) -> str:
        """Why a feed is not asked now; empty where it is."""
        now = self._library.now().timestamp()
        if facts is None:
            return ""
        holds = schedule.holds(facts, now)
        if holds and facts.held > now:
            return f"it does not want to be asked before {long_time(datetime.fromtimestamp(facts.held, UTC), None)}"
        if facts.ended and not only:
            return f"it has ended: {facts.error}"
        return "it was asked not long ago" if due_only and holds and facts.due > now else ""

    def _outcomes(
        self,
        asked: Sequence[Feed],
        state: FeedState,
        facts: dict[str, FeedFacts],
        held: ExitStack,
        arrivals: Arrivals,
    ) -> Iterator[Outcome]:
        readers = [held.enter_context(FeedReader()) for _ in range(min(os.cpu_count() or 1, _MOST_READERS, len(asked)))]
        next_reader = cycle(readers)
        turns = {feed.key: next(next_reader) for feed in asked}

        def ask(feed: Feed) -> _Sent:
            return self._ask(feed, facts.get(feed.key, FeedFacts()), turns[feed.key])

        def host(feed: Feed) -> str:
            return urlsplit(feed.url).hostname or ""

        for done in ask_all(asked, host, ask, FEED_SECONDS + _GRACE):
            known = facts.get(done.what.key, FeedFacts())
            outcome, known = self._settle(done, known, arrivals)
            state.keep_facts(done.what.key, known)
            yield outcome

    def _ask(self, feed: Feed, known: FeedFacts, reader: FeedReader) -> _Sent:
        """Ask a feed and have it read. This runs in a thread for each feed."""
        if known.told != _subscribed_as(feed):  # its name or topics are others now: all is written anew
            known = replace(known, etag="", modified="", body="")
        answer = self._answer(feed, known)
        if answer.status != HTTPStatus.OK:
            return _Sent(answer, None, known.body)
        body = blake2b(answer.data, digest_size=16).hexdigest()
        if body == known.body:
            return _Sent(answer, None, body)
        parsed = reader.read(answer.data, answer.url, answer.header("content-type"))
        return _Sent(answer._replace(data=b""), parsed, body)

    def _answer(self, feed: Feed, known: FeedFacts) -> Response:
        """What its server answers.

        Raises:
            FetchError: nothing; or its host has kept too many others waiting for nothing to be asked.
        """
        host, begun = urlsplit(feed.url).hostname or "", time.monotonic()
        if self._in_vain[host] >= _MOST_IN_VAIN:
            raise FetchError(f"its host gave nothing for the {_MOST_IN_VAIN} before it")
        try:
            answer = self._web.ask(feed.url, known.etag, known.modified)
        except FetchError:
            self._in_vain[host] += time.monotonic() - begun > _LONG
            raise
        self._in_vain[host] = 0
        return answer

    def _settle(self, done: Done[Feed, _Sent], known: FeedFacts, arrivals: Arrivals) -> tuple[Outcome, FeedFacts]:
        """Write what a feed sent as files; gives the outcome, and what is known of the feed now."""
        feed, now = done.what, int(self._library.now().timestamp())
        try:
            if done.error is not None:
                raise done.error
            if done.result is None:
                raise FeedError(TOO_LONG)
            answer, parsed, body = done.result
            if answer.status not in (HTTPStatus.OK, HTTPStatus.NOT_MODIFIED):
                known = schedule.after_refusal(known, answer, now)
                return Outcome(feed, error=known.error), known
            arrived = Arrived() if parsed is None else arrivals.take_in(feed, parsed)
        except ReaderError as error:
            return Outcome(feed, error=str(error)), schedule.after_failure(known, str(error), now)
        pause = 0 if parsed is None else parsed.pause
        known = replace(schedule.after_answer(known, answer, now, pause), body=body, told=_subscribed_as(feed))
        if parsed is not None:
            known = replace(known, title=parsed.title, news=now if arrived.new else known.news)
        return Outcome(feed, arrived, "", answer.moved, parsed.left_out if parsed else 0), known

    def _move(self, state: FeedState, outcomes: Sequence[Outcome]) -> None:
        """Put the new addresses of feeds that have moved for good into the subscriptions."""
        moves = [outcome for outcome in outcomes if outcome.moved]
        if not moves:
            return

        def work(subscriptions: Subscriptions) -> list[Outcome]:
            return [one for one in moves if subscriptions.has(one.feed.url) and subscriptions.move(one.feed, one.moved)]

        for one in self._library.change(work):
            if one.feed.key != feed_key(one.moved):
                with state.changing():
                    state.move(one.feed.key, feed_key(one.moved))


def _subscribed_as(feed: Feed) -> str:
    """What the subscriptions say of a feed, as far as that is written into its stories."""
    return "\n".join((feed.name, *feed.topics))
