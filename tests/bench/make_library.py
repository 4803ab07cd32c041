"""Makes libraries of any size with the shape of real ones.

`python tests/bench/make_library.py FOLDER --stories N [--seed S] [--kind heads|full] [--rss FOLDER]`

The same numbers and the same seed always make the same files. Nothing in them is taken from a real story.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Literal

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import words
from bench.story_files import MadeStory, Outlet, slug, write_feed, write_library

Kind = Literal["full", "heads"]

MINUTES = 5 * 365 * 24 * 60
"""The time that the stories are spread over."""

LARGEST_GROUP = 257
"""Stories of the largest linked group."""

REACH = 89
"""A story is linked to as many of its group before it, and as many after it, in order of time."""

_DAY = 24 * 60
_OUTLETS = 240


@dataclass(frozen=True, slots=True)
class _Subject:
    """What the stories of a group are about: words and topics that they share."""

    words: tuple[str, str]
    names: tuple[str, str]
    topics: tuple[str, ...]


def make_stories(count: int, seed: int = 1, kind: Kind = "full") -> list[MadeStory]:
    """Make stories up.

    Args:
        count: how many.
        seed: stories of the same seed, count and kind are alike.
        kind: `full` for long lists of related articles in large groups, `heads` for short lists in small groups.
    """
    return _Maker(random.Random(f"{seed} {kind} {count}"), kind).stories(count)


def outlets() -> list[Outlet]:
    """All outlets that stories may come from; the most frequent first."""
    choose = random.Random("outlets")
    made: dict[str, Outlet] = {}
    while len(made) < _OUTLETS:
        place = choose.choice(words.NAME_STARTS) + choose.choice(words.NAME_ENDS)
        name = f"{place} {choose.choice(words.OUTLET_KINDS)}"
        made[name] = Outlet(name, f"{slug(name).replace('-', '')}.example")
    return list(made.values())


class _Maker:
    """Draws the stories, one random choice after the other."""

    def __init__(self, choose: random.Random, kind: Kind) -> None:
        self._choose = choose
        self._kind = kind
        self._outlets = outlets()
        self._outlet_steps = _zipf(len(self._outlets))
        self._topic_steps = _zipf(len(words.TOPICS))
        self._number = 0

    def stories(self, count: int) -> list[MadeStory]:
        made: list[MadeStory] = []
        for size in self._group_sizes(count):
            made += self._group(size)
        self._choose.shuffle(made)
        for number, story in enumerate(made):
            story.number = number
            if number % words.RARE_ONE_IN == min(7, count - 1):
                story.excerpt = f"{words.RARE_SENTENCE.format(noun='pier')} {story.excerpt}"
        return made

    # Groups.

    def _group_sizes(self, count: int) -> Iterator[int]:
        """The sizes of the linked groups; groups of one are stories without coverage.

        Of the files of the kind `full` a third are in large groups, two in five in small ones, a quarter in none: so
        many files name so many articles in the collection that the format comes from. Of the kind `heads` a third are
        in groups of two or three.
        """
        large = count // 3 if self._kind == "full" else 0
        small = count * 2 // 5 if self._kind == "full" else count * 3 // 10
        left = count
        while large >= 2:
            size = min(large, LARGEST_GROUP if large == count // 3 else self._choose.randint(40, 102))
            yield size
            large, left = large - size, left - size
        while small >= 2:
            size = min(small, self._choose.choice((2, 2, 3, 4, 5, 6) if self._kind == "full" else (2, 2, 3)))
            yield size
            small, left = small - size, left - size
        for _ in range(left):
            yield 1

    def _group(self, size: int) -> list[MadeStory]:
        subject = self._subject()
        centre = self._choose.randrange(MINUTES)
        spread = _DAY * (40 if size > 10 else 3)
        made: list[MadeStory] = []
        while len(made) < size:
            minute = int(self._choose.gauss(centre, spread)) if size > 1 else centre
            event = min(self._choose.choice((1, 1, 1, 2, 3, 5, 9)), size - len(made))
            made += self._event(subject, minute, event)
        made.sort(key=lambda story: story.minute)
        outside = [self._story(subject, centre) for _ in range(size // 40)]
        for place, story in enumerate(made):
            near = made[max(place - REACH, 0) : place] + made[place + 1 : place + REACH + 1]
            story.related = [other for other in near if self._choose.random() > 0.002]
            story.related += [other for other in outside[:1] if self._choose.random() < 0.9]
            story.related += [other for other in outside[1:] if self._choose.random() < 0.1 and len(near) < 150]
            story.related.sort(key=lambda other: -other.quality)
        return made

    def _event(self, subject: _Subject, minute: int, size: int) -> list[MadeStory]:
        """Stories of the same happening: hours apart, alike in words, some the same word for word."""
        told = _Subject(subject.words, (self._name(), subject.names[0]), subject.topics)
        made = [self._story(told, minute)]
        for _ in range(size - 1):
            story = self._story(told, minute + self._choose.randint(5, 36 * 60))
            if self._choose.random() < 0.07 and story.outlet is not made[0].outlet:  # wire copy
                story.title, story.excerpt = made[0].title, made[0].excerpt
                story.slug = self._slug_of(story.title)
            made.append(story)
        return made

    # One story.

    def _subject(self) -> _Subject:
        choose = self._choose
        amount = bisect((0.77, 0.97, 1.0), choose.random()) + 1
        topics: dict[str, None] = {}
        while len(topics) < amount:
            topics[words.TOPICS[bisect(self._topic_steps, choose.random() * self._topic_steps[-1])]] = None
        return _Subject(
            (choose.choice(words.ADJECTIVES), choose.choice(words.NOUNS)), (self._name(), self._name()), tuple(topics)
        )

    def _story(self, subject: _Subject, minute: int) -> MadeStory:
        choose = self._choose
        title = self._sentence(choose.choice(words.HEADLINES), subject)
        minute = abs(minute) if minute < MINUTES else 2 * MINUTES - 1 - minute
        outlet = self._outlets[bisect(self._outlet_steps, choose.random() * self._outlet_steps[-1])]
        page = self._slug_of(title)
        image = ""
        if choose.random() < 0.78:
            stem = f"{choose.getrandbits(64):016x}"
            width = choose.choice((620, 648, 800, 1024, 1200, 1600, 2000))
            image = (
                f'  - url: "https://images.{outlet.domain}/fit-in/{width}x0/{stem}/{page}.jpg"'
                f"\n    width: {width}\n    height: {width * 9 // 16}\n    isCached: true\n"
            )
        return MadeStory(
            number=-1,
            title=title,
            excerpt=self._excerpt(subject),
            minute=minute,
            outlet=outlet,
            slug=page,
            topics=subject.topics,
            type="video" if choose.random() < 0.011 else "article",
            quality=int(choose.betavariate(1.5, 3.0) * 190),
            heat=-1 if choose.random() < 0.3 else int(choose.gammavariate(2.0, 45.0)),
            has_amp=choose.random() < 0.2,
            image=image,
        )

    def _excerpt(self, subject: _Subject) -> str:
        choose = self._choose
        parts = [self._sentence(choose.choice(words.SENTENCES), subject)]
        if choose.random() < 0.75:
            parts.append(self._sentence(choose.choice(words.COMMON_SENTENCES), subject))
        length = choose.choice((40, 80, 110, 150, 200, 260))
        while sum(map(len, parts)) < length:
            parts.append(self._sentence(choose.choice(words.SENTENCES), subject))
        text = " ".join(parts)
        return text if len(text) < 310 else f"{text[:305].rpartition(' ')[0]} ..."

    def _sentence(self, pattern: str, subject: _Subject) -> str:
        choose = self._choose
        name, rival = subject.names if choose.random() < 0.8 else (self._name(), self._name())
        values: dict[str, object] = {
            "subject": subject.words[0],
            "Subject": subject.words[0].capitalize(),
            "other": subject.words[1],
            "name": name,
            "Name": name,
            "Rival": rival,
            "adjective": choose.choice(words.ADJECTIVES),
            "noun": choose.choice(words.NOUNS),
            "verb": choose.choice(words.VERBS),
            "day": choose.choice(words.DAYS),
            "number": choose.randint(2, 999),
        }
        if "pening}" in pattern:
            opening = choose.choice(words.OPENINGS).format_map(values)
            values |= {"opening": opening, "Opening": opening[0].upper() + opening[1:]}
        return pattern.format_map(values | {"Adjective": str(values["adjective"]).capitalize()})

    def _name(self) -> str:
        """A place: a few are named all the time, thousands now and then."""
        choose = self._choose
        start = int(len(words.NAME_STARTS) * choose.random() ** 2)
        middle = int(len(words.NAME_MIDDLES) * choose.random() ** 2)
        end = int(len(words.NAME_ENDS) * choose.random() ** 2)
        return words.NAME_STARTS[start] + words.NAME_MIDDLES[middle] + words.NAME_ENDS[end]

    def _slug_of(self, title: str) -> str:
        """A part of an address that no other story has."""
        self._number += 1
        return f"{slug(title)[:70].strip('-')}-{self._number:x}"


def _zipf(size: int) -> list[float]:
    return list(accumulate(1 / (rank + 1) for rank in range(size)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Make a library, as the command line says."""
    parser = argparse.ArgumentParser(description="Make a library with the shape of real ones.")
    parser.add_argument("folder", type=Path, help="where to; must be empty or missing")
    parser.add_argument("--stories", type=int, required=True, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--kind", choices=("heads", "full"), default="full")
    parser.add_argument("--rss", type=Path, metavar="FOLDER", help="also write the stories as a feed, `all.xml`")
    options = parser.parse_args(arguments)
    started = time.perf_counter()
    stories = make_stories(options.stories, options.seed, options.kind)
    try:
        written = write_library(stories, options.folder, options.seed)
    except FileExistsError as error:
        parser.error(str(error))
    if options.rss:
        write_feed(stories, options.rss / "all.xml")
    entries = sum(len(story.related) for story in stories)
    sys.stdout.write(
        f"{len(stories):,} stories, {written / 1e6:,.1f} MB, {entries:,} related entries"
        f" in {time.perf_counter() - started:,.1f} s: {options.folder}\n"
    )


if __name__ == "__main__":
    main()
