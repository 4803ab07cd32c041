"""Measures what each key costs on a library whose every story is as large as the limits let through.

    python -m hostile.keys --stories 40 --related 400

All of them are on one event, with the longest headlines, excerpts and links, and bodies of `worst`. Each key is timed
in processor time, all threads together; the slowest are told, and one past a second fails.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import NamedTuple

from textual.pilot import Pilot

from frames import draw, put_off
from hostile.worst import BODIES, SECONDS
from reader.library.library import Library
from reader.settings.config import Config
from reader.stories.limits import DEFAULT_LIMITS
from reader.ui.app import ReaderApp
from reader.ui.main_screen import MainScreen
from support import MOMENT, is_at_rest, settle

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
DAY = "2020-02-20"
TOLD = 12
MOST_LOOKS = 4_000
"""So often it is looked whether a key is done with."""

_PRESSED = """
j k G g J space d J d c j G v v v x H slash a r m y escape escape h E right j E equals_sign j G escape
i pagedown escape t x x escape 1 1 u j escape T a escape X escape vertical_line escape f escape b b M M z z L
s r w R U slash w o r d 1 escape escape slash t o p i c colon tab escape escape right_square_bracket y Y n
question_mark escape exclamation_mark escape colon a escape V j s escape
"""
KEYS = tuple(_PRESSED.split())
"""All that is pressed: moves, panes, dialogs and ways out of them, marks, searches."""


class Cost(NamedTuple):
    """Seconds of processor time, the key, and the screen that it led to."""

    seconds: float
    key: str
    screen: str


def write_library(folder: Path, stories: int, related: int) -> None:
    """Stories that name each other and many more, on the same event."""
    random = Random(5)
    headline = "Army floods Lighthouse " + " ".join(f"Word{random.randrange(10**6)}" for _ in range(2_500))
    headline = json.dumps(headline[: DEFAULT_LIMITS.line - 100])
    excerpt = " ".join(f"Name{random.randrange(10**6)} Other" for _ in range(80_000))[: DEFAULT_LIMITS.text - 100]
    links = [f"https://o{number}.test/{'a/' * 3_000}{number}" for number in range(stories)]
    more = "".join(f"key{number}: {json.dumps(excerpt[:3_000])}\n" for number in range(300))
    topics = "topics:\n" + "".join(f"  - T{number}{'x' * 200}\n" for number in range(900))
    bodies = list(BODIES.values())

    def entry(title: str, link: str, outlet: str, hour: int) -> str:
        provider = f"{{name: {outlet}, domain: {outlet.lower()}.test}}"
        when = f"{DAY}T{hour % 24:02}:00:00Z"
        return f"  - title: {title}\n    webUrl: {link}\n    publishedDateTime: {when}\n    provider: {provider}\n"

    others = "".join(
        entry(
            json.dumps(f"{headline[1:1_500]}{number}"), f"https://r{number}.test/{number}", f"R{number % 300}", number
        )
        for number in range(related)
    )
    for number, link in enumerate(links):
        each = "".join(entry(headline, url, f"O{at}", at) for at, url in enumerate(links) if at != number)
        front = f"title: {headline}\nexcerpt: {json.dumps(excerpt)}\npublishedDateTime: {DAY}T{number % 20:02}:00:00Z\n"
        front += f"webUrl: {link}\nprovider: {{name: O{number}, domain: o{number}.test}}\n"
        text = f"---\n{front}{topics}{more}related:\n{each}{others}---\n{bodies[number % len(bodies)]}\n"
        (folder / f"{number}.md").write_text(text, encoding="utf-8")


async def come_to_rest(pilot: Pilot[None]) -> None:
    """Wait until a key is done with: nothing is asked any more, or a dialog stands, which may come late."""
    for _ in range(MOST_LOOKS):
        await pilot.pause(MOMENT)
        screen = pilot.app.screen
        if not isinstance(screen, MainScreen):
            await pilot.pause(0.1)
            break
        if is_at_rest(screen):
            break
    draw(pilot.app)


async def press_all(library: Library, work: Path, keys: Sequence[str]) -> list[Cost]:
    """What each key costs."""
    costs = []
    marks, views = work / "marks.sqlite3", work / "views.json"
    config = Config(mark_read="never")
    app = ReaderApp(library, config, lambda: NOON, zone=UTC, environment={}, marks=marks, views=views)
    async with app.run_test(size=(120, 40)) as pilot:
        await settle(pilot)
        for key in keys:
            begun = time.process_time()
            await pilot.press(key)
            await come_to_rest(pilot)
            costs.append(Cost(time.process_time() - begun, key, type(app.screen).__name__))
    return costs


def measure(stories: int, related: int, keys: Sequence[str] = KEYS) -> list[Cost]:
    """What each key costs on such a library, the dearest first."""
    with tempfile.TemporaryDirectory(prefix="reader-keys-") as name, put_off():
        work = Path(name)
        (work / "stories").mkdir()
        write_library(work / "stories", stories, related)
        with Library(work / "stories", work / "cache", in_process=True) as library:
            library.sync()
            assert library.index.counts().stories == stories
            return sorted(asyncio.run(press_all(library, work, keys)), reverse=True)


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(description="Measure what each key costs on the worst library.")
    parser.add_argument("--stories", type=int, default=40)
    parser.add_argument("--related", type=int, default=400)
    options = parser.parse_args()
    costs = measure(options.stories, options.related)
    for cost in costs[:TOLD]:
        print(f"{cost.seconds:.3f} s  {cost.key} ({cost.screen})")  # noqa: T201 — a command
    return int(costs[0].seconds > SECONDS)


if __name__ == "__main__":
    sys.exit(main())
