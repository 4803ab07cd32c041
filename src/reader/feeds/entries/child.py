"""The process that reads feeds, one after the other: `python -m reader.feeds.entries.child [SECONDS]`.

On its standard input comes, for each, a line of JSON (`kind`, `url`, `type`, `bytes`) and so many bytes; on its
standard output goes a line of JSON: what the kind says, or `error`. A `feed` is read; of a `page` the feeds are given
that it names, of an `article` what its page says of itself, of a `text` the text on it. It ends where its input does,
and by itself where one takes more of the processor than it may, in seconds.
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
    """Read feeds until there are no more."""
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
        told: dict[str, object] = {order["kind"]: _READ[order["kind"]](data, order)}
    except FeedParseError as error:
        told = {"error": str(error)}
    except MemoryError:
        told = {"error": "it takes too much memory"}
    except RecursionError:
        told = {"error": "it is nested too deep"}
    return json.dumps(told, default=str).encode()


_READ: dict[str, Callable[[bytes, dict[str, Any]], object]] = {
    "feed": lambda data, order: parse_feed(data, order["url"], order["type"]),
    "page": lambda data, order: feeds_of_page(data, order["url"]),
    "article": lambda data, order: article_of_page(data, order["url"], order["type"]),
    "text": lambda data, order: text_of_page(data, order["url"]),
}
"""Kind of what was sent → what reads it."""


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):  # not every platform has such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (FEED_MEMORY, FEED_MEMORY))


if __name__ == "__main__":
    main()
