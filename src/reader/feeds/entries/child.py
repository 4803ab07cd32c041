"""The process that parses feeds and pages, one after the other: `python -m reader.feeds.entries.child [SECONDS]`.

For each it reads a line of JSON (`kind`, `url`, `type`, `bytes`) and so many bytes from its standard input, and writes
a line of JSON to its standard output: the result under the kind's name, or `error`. The kinds are `feed` (its entries),
`page` (the feeds that a page names), `article` (what a page says of itself) and `text` (the text on a page). It ends
with its input, or when one of them takes more than so many seconds of processor time.
"""

from __future__ import annotations

import json
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from reader.feeds.entries.discovery import feeds_of_page
from reader.feeds.entries.feed import parse_feed
from reader.feeds.entries.page import article_of_page
from reader.feeds.entries.text import text_of_page
from reader.feeds.errors import FeedParseError
from reader.stories.limits import FEED_CPU_SECONDS, FEED_MEMORY


def main() -> None:
    """Parse what comes until the input ends."""
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else FEED_CPU_SECONDS
    _limit_memory()
    source, out = sys.stdin.buffer, sys.stdout.buffer
    while line := source.readline():
        order = json.loads(line)
        data = source.read(order["bytes"])
        signal.setitimer(signal.ITIMER_PROF, seconds)  # its signal ends the process
        out.write(_answer(data, order) + b"\n")
        out.flush()
        signal.setitimer(signal.ITIMER_PROF, 0)


def _answer(data: bytes, order: dict[str, Any]) -> bytes:
    try:
        answer: dict[str, object] = {order["kind"]: _READ[order["kind"]](data, order)}
    except FeedParseError as error:
        answer = {"error": str(error)}
    except MemoryError:
        answer = {"error": "it takes too much memory"}
    except RecursionError:
        answer = {"error": "it is nested too deep"}
    return json.dumps(answer, default=str).encode()


_READ: dict[str, Callable[[bytes, dict[str, Any]], object]] = {
    "feed": lambda data, order: parse_feed(data, order["url"], order["type"]),
    "page": lambda data, order: feeds_of_page(data, order["url"]),
    "article": lambda data, order: article_of_page(data, order["url"], order["type"]),
    "text": lambda data, order: text_of_page(data, order["url"]),
}
"""The function that parses each kind."""


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):  # not every platform has such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (FEED_MEMORY, FEED_MEMORY))


if __name__ == "__main__":
    main()
