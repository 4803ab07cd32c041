"""Stories that are made up, and the files that they are written into."""

from __future__ import annotations

import base64
import random
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from xml.sax.saxutils import escape

FOLDER_FILES = 1_000
"""Files in one folder, at most."""

FIRST_DAY = datetime(2016, 1, 1, tzinfo=UTC)

_NOT_IN_SLUG = re.compile(r"[^a-z0-9]+")


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
        topic = slug(story.topics[0])
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


def slug(text: str) -> str:
    """A text as it stands in addresses and in names of files."""
    return _NOT_IN_SLUG.sub("-", text.lower()).strip("-")


def _quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


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
