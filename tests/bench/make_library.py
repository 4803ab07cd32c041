"""Makes libraries of any size with the shape of real ones.

`python tests/bench/make_library.py FOLDER --stories N [--seed S] [--kind heads|full] [--rss FOLDER]`

The same numbers and the same seed always make the same files. Nothing in them is taken from a real story.
"""

from __future__ import annotations

import argparse
import base64
import random
import re
import sys
import time
from bisect import bisect
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import accumulate
from pathlib import Path
from typing import Literal
from xml.sax.saxutils import escape

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench import words

Kind = Literal["full", "heads"]

FOLDER_FILES = 1_000
"""Files in one folder, at most."""

FIRST_DAY = datetime(2016, 1, 1, tzinfo=UTC)
MINUTES = 5 * 365 * 24 * 60
"""The time that the stories are spread over."""

LARGEST_GROUP = 257
"""Stories of the largest linked group."""

REACH = 89
"""A story is linked to as many of its group before it, and as many after it, in order of time."""

_DAY = 24 * 60
_OUTLETS = 240
_NOT_A_WORD = re.compile(r"[^a-z0-9]+")


@dataclass(slots=True)
class Outlet:
    """Who publishes."""

    name: str
    domain: str


@dataclass(slots=True)
class MadeStory:
    """One story, as it is written into its file and into the lists of those it is linked to.

    Attributes:
        number: its place in the library.
        minute: when it was published, in minutes after `FIRST_DAY`.
        slug: the headline as it stands in the names of files and pages.
        has_amp: whether it has AMP links.
        image: the lines of its picture, without a title; empty where it has none.
        related: the stories, and articles that are no stories of the library, that its file names.
    """

    number: int
    title: str
    excerpt: str
    minute: int
    outlet: Outlet
    slug: str
    topics: tuple[str, ...]
    type: str
    quality: int
    heat: int
    has_amp: bool
    image: str
    related: list[MadeStory] = field(default_factory=list)

    @property
    def published(self) -> datetime:
        """When it was published."""
        return FIRST_DAY + timedelta(minutes=self.minute)

    @property
    def page(self) -> str:
        """The page's address without scheme and host."""
        return f"{self.published:%Y/%m/%d}/{self.slug}"

    @property
    def url(self) -> str:
        """The source link."""
        return f"https://www.{self.outlet.domain}/{self.page}/"


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


def write_library(stories: Sequence[MadeStory], folder: Path, seed: int = 1) -> int:
    """Write each story into a file, in folders by topic of at most `FOLDER_FILES` files.

    Args:
        stories: what to write.
        folder: where to; it is made, and must be empty.
        seed: makes the sealed parts.

    Returns:
        The number of bytes written.

    Raises:
        FileExistsError: there is something in the folder.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise FileExistsError(f"{folder} is not empty")
    choose = random.Random(f"{seed} sealed")
    entries: dict[int, str] = {}
    filled: defaultdict[str, int] = defaultdict(int)
    written = 0
    for story in stories:
        topic = _slug(story.topics[0])
        volume, place = divmod(filled[topic], FOLDER_FILES)
        filled[topic] += 1
        target = folder / (f"{topic}-{volume + 1}" if volume else topic)
        if not place:
            target.mkdir()
        data = _file(story, entries, choose).encode()
        (target / f"{story.published:%Y-%m-%d}-{story.slug}.md").write_bytes(data)
        written += len(data)
    return written


def write_feed(stories: Iterable[MadeStory], file: Path) -> None:
    """Write the stories into one RSS 2.0 feed, the newest first."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8") as feed:
        feed.write(
            '<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>All stories</title>'
            "<link>https://library.example/</link><description>All stories of a library</description>\n"
        )
        for story in sorted(stories, key=lambda story: -story.minute):
            topics = "".join(f"<category>{escape(topic)}</category>" for topic in story.topics)
            feed.write(
                f"<item><title>{escape(story.title)}</title><link>{story.url}</link>"
                f'<guid isPermaLink="true">{story.url}</guid><author>{escape(story.outlet.name)}</author>'
                f"<pubDate>{format_datetime(story.published, usegmt=True)}</pubDate>{topics}"
                f"<description>{escape(story.excerpt)}</description></item>\n"
            )
        feed.write("</channel></rss>\n")


def outlets() -> list[Outlet]:
    """All outlets that stories may come from; the most frequent first."""
    choose = random.Random("outlets")
    made: dict[str, Outlet] = {}
    while len(made) < _OUTLETS:
        place = choose.choice(words.NAME_STARTS) + choose.choice(words.NAME_ENDS)
        name = f"{place} {choose.choice(words.OUTLET_KINDS)}"
        made[name] = Outlet(name, f"{_slug(name).replace('-', '')}.example")
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
        slug = self._slug_of(title)
        image = ""
        if choose.random() < 0.78:
            stem = f"{choose.getrandbits(64):016x}"
            width = choose.choice((620, 648, 800, 1024, 1200, 1600, 2000))
            image = (
                f'  - url: "https://images.{outlet.domain}/fit-in/{width}x0/{stem}/{slug}.jpg"'
                f"\n    width: {width}\n    height: {width * 9 // 16}\n    isCached: true\n"
            )
        return MadeStory(
            number=-1,
            title=title,
            excerpt=self._excerpt(subject),
            minute=minute,
            outlet=outlet,
            slug=slug,
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
        return f"{_slug(title)[:70].strip('-')}-{self._number:x}"


def _zipf(size: int) -> list[float]:
    return list(accumulate(1 / (rank + 1) for rank in range(size)))


def _slug(text: str) -> str:
    return _NOT_A_WORD.sub("-", text.lower()).strip("-")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# Files.


def _file(story: MadeStory, entries: dict[int, str], choose: random.Random) -> str:
    """The text of a story's file."""
    provider = f"\nprovider:\n  name: {story.outlet.name}\n  domain: {story.outlet.domain}\n"
    topics = "\ntopics:\n" + "".join(f"  - {topic}\n" for topic in story.topics)
    image = f"\nimages:\n{story.image}    title: {_quoted(story.title)}\n" if story.image else ""
    named = "\nrelated:\n" + "".join(_entry(other, entries) for other in story.related) if story.related else ""
    sealed = base64.b64encode(choose.randbytes(272 if choose.random() < 0.7 else 400)).decode()
    return (
        f"---\ncategory: news\n{_facts(story)}type: {story.type}\nquality: {story.quality}\nheat: {story.heat}\n"
        f'published: false\n{provider}{topics}{image}{named}\nsecured: "{sealed}"\n---\n\n'
    )


def _entry(story: MadeStory, entries: dict[int, str]) -> str:
    """A story as the others name it: the same text in each of their files."""
    text = entries.get(id(story))
    if text is None:
        facts = _facts(story).rstrip("\n").replace("\n", "\n    ")
        image = "    images:\n" + "".join(f"    {line}\n" for line in story.image.splitlines()) if story.image else ""
        text = entries[id(story)] = (
            f"  - {facts}\n    type: {story.type}\n    provider:\n      name: {story.outlet.name}\n"
            f"      domain: {story.outlet.domain}\n    quality: {story.quality}\n{image}"
        )
    return text


def _facts(story: MadeStory) -> str:
    """The lines that a story's own file and the lists of others begin with."""
    amp = ""
    if story.has_amp:
        page = f"www.{story.outlet.domain}/amp/{story.page}/"
        host = f"www.{story.outlet.domain}".replace(".", "-")
        amp = f'ampWebUrl: "https://{page}"\ncdnAmpWebUrl: "https://{host}.cdn.ampproject.org/c/s/{page}"\n'
    return (
        f"title: {_quoted(story.title)}\nexcerpt: {_quoted(story.excerpt)}\n"
        f'publishedDateTime: {story.published:%Y-%m-%dT%H:%M:%SZ}\nwebUrl: "{story.url}"\n{amp}'
    )


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
