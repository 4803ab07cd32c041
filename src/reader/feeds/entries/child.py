"""The process that reads feeds, one after the other: `python -m reader.feeds.entries.child [SECONDS]`.

On its standard input comes, for each feed, a line of JSON (`url`, `type`, `bytes`; `is_page` where the feeds of a page
are asked for, `is_article` where the page itself is) and so many bytes; on its standard output goes a line of JSON:
`feed`, `page`, `article`, or `error`. It ends where its input does, and by itself where one feed takes more of the
processor than it may, in seconds.
"""

from __future__ import annotations

import json
import signal
import sys
from contextlib import suppress
from typing import Any

from reader.feeds.entries.discovery import feeds_of_page
from reader.feeds.entries.feed import parse_feed
from reader.feeds.entries.page import article_of_page
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
        told: dict[str, object]
        if order["is_page"]:
            told = {"page": feeds_of_page(data, order["url"])}
        elif order.get("is_article"):
            told = {"article": article_of_page(data, order["url"], order["type"])}
        else:
            told = {"feed": parse_feed(data, order["url"], order["type"])}
    except FeedParseError as error:
        told = {"error": str(error)}
    except MemoryError:
        told = {"error": "it takes too much memory"}
    except RecursionError:
        told = {"error": "it is nested too deep"}
    return json.dumps(told, default=str).encode()


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):  # not every platform has such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (FEED_MEMORY, FEED_MEMORY))


if __name__ == "__main__":
    main()
