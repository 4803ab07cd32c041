"""Stories and coverage for other programs and people: as JSON values, as text, as Markdown.

The keys of the JSON are a promise to scripts: keys may be added, but none is changed or removed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import Any

from reader.base.text import clean
from reader.base.times import long_time, offset_text
from reader.base.wording import as_title
from reader.coverage.grouping import grouped
from reader.coverage.model import Coverage, CoverageArticle, Placed
from reader.coverage.sections import in_short
from reader.coverage.summary import sum_up
from reader.coverage.timeline import place
from reader.coverage.ways import Grouping
from reader.library.index.rows import StoryRow, StoryText
from reader.stories.model import Article, Image, Story

Json = dict[str, Any]

_MARKDOWN_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\[]*_`<>#|&~"})
# The beginning of a list item, a rule or an underlined heading.
_MARKDOWN_START = re.compile(r"^(\s*(?:\d{1,9}(?=[.)](?:\s|$))|(?=[-+](?:\s|$)|[-=]+\s*$)))")

_HTML_CHARACTER = re.compile(r"&(?=#?\w+;)")


def time_json(when: datetime | date | None) -> str | None:
    """A time as ISO 8601: `2020-02-20T13:59:00+00:00`; a date alone as `2020-02-20`."""
    return None if when is None else when.isoformat()


def row_json(path: str, text: StoryText, row: StoryRow) -> Json:
    """A story as `reader list --json` writes it: what the index knows of it."""
    return {
        "path": path,
        "title": text.title,
        "excerpt": text.excerpt,
        "provider": text.provider,
        "published": time_json(text.published),
        "type": text.type,
        "topics": list(text.topics),
        "quality": text.quality,
        "url": text.url or None,
        "outlets": row.outlets,
        "articles": row.coverage,
        "linked": row.linked,
        "alike": row.alike,
    }


def article_json(article: Article) -> Json:
    """An article as a file describes it."""
    return {
        "title": article.title,
        "excerpt": article.excerpt,
        "published": time_json(article.published),
        "published_text": article.published_text,
        "type": article.type,
        "provider": {
            "name": article.provider.name,
            "domain": article.provider.domain,
            "images": [image_json(image) for image in article.provider.images],
            "extra": dict(article.provider.extra),
        },
        "topics": list(article.topics),
        "quality": article.quality,
        "url": article.url or None,
        "key": article.key,
        "links": [{"role": str(link.role), "url": link.url} for link in article.links],
        "images": [image_json(image) for image in article.images],
        "extra": dict(article.extra),
    }


def image_json(image: Image) -> Json:
    """An image as a file describes it."""
    return {
        "url": image.url,
        "width": image.width,
        "height": image.height,
        "title": image.title,
        "extra": dict(image.extra),
    }


def story_json(story: Story, coverage: Coverage, now: datetime | None = None) -> Json:
    """A story as `reader show --json` writes it: all that its file says, and its coverage."""
    return {
        "path": clean(str(story.path)),
        **article_json(story),
        "body": story.body,
        "category": story.category,
        "authors": list(story.authors),
        "heat": story.heat,
        "is_published": story.is_published,
        "sealed_bytes": story.sealed_bytes,
        "related": [article_json(article) for article in story.related],
        "flaws": [{"line": flaw.line, "reason": flaw.reason} for flaw in story.flaws],
        "format": story.format,
        "coverage": coverage_json(coverage, now),
    }


def coverage_json(coverage: Coverage, now: datetime | None = None) -> Json:
    """A coverage as `reader coverage --json` writes it: its articles in the order of time, the story among them.

    Offsets are from the earliest known of the event; articles that are not on the event have none.
    """
    summary = sum_up(coverage.event, now, None)
    on_event = {article.key for article in coverage.event}
    return {
        "title": coverage.focus.title,
        "key": coverage.focus.key,
        "outlets": summary.outlets,
        "linked": len(coverage.linked),
        "alike": len(coverage.alike),
        "earliest": summary.earliest.key if summary.earliest else None,
        "articles": [
            _placed_json(one if one.article.key in on_event else replace(one, offset=None), coverage.focus)
            for one in place(coverage.whole, now, event=coverage.event)
        ],
    }


def _placed_json(one: Placed, focus: CoverageArticle) -> Json:
    article = one.article
    return {
        "key": article.key,
        "title": article.title,
        "excerpt": article.excerpt,
        "provider": article.provider,
        "outlet": article.outlet,
        "published": time_json(article.published),
        "offset_seconds": None if one.offset is None else int(one.offset.total_seconds()),
        "quality": article.quality,
        "type": article.type,
        "url": article.url or None,
        "is_local": article.is_local,
        "is_this_story": article == focus,
        "named_by": len(article.named_by),
        "relation": article.relation.value,
        "likeness": article.likeness,
    }


def story_text(story: Story, coverage: Coverage, zone: tzinfo | None, now: datetime | None = None) -> Iterator[str]:
    """A story as lines of text."""
    yield story.title
    yield " · ".join(part for part in (story.provider.name, long_time(story.published, zone)) if part)
    labels = [*story.topics, *([f"quality {story.quality}"] if story.quality is not None else [])]
    if labels:
        yield " · ".join(labels)
    for block in (story.excerpt, story.body):
        if block:
            yield ""
            yield from block.split("\n")
    yield ""
    for link in story.links:
        yield f"{link.role}: {link.url}"
    if not coverage.is_alone:
        yield ""
        yield from coverage_text(coverage, zone, now)


def coverage_text(coverage: Coverage, zone: tzinfo | None, now: datetime | None = None) -> Iterator[str]:
    """A coverage as lines of text: its sections, the days of each, and under each day its articles."""
    yield coverage_summary(coverage, now)
    width = max(len(article.provider or article.outlet) for article in coverage.whole)
    for group in grouped(coverage, Grouping.TIME, zone, now=now):
        if group.heading:
            yield ""
            yield group.heading
        yield group.label
        for one in group.placed:
            article, when = one.article, one.article.published
            time = when.astimezone(zone).strftime("%H:%M") if isinstance(when, datetime) else "  –  "
            sign = "▸" if article == coverage.focus else "⌂" if article.is_local else "↗"
            offset = "earliest" if one.is_earliest else offset_text(one.offset)
            outlet = article.provider or article.outlet
            yield f"  {time}  {offset:<8}  {sign} {outlet:<{width}}  {article.title}"


def coverage_summary(coverage: Coverage, now: datetime | None = None) -> str:
    """A line with the counts of a coverage, and the earliest known of its event."""
    summary = sum_up(coverage.event, now, None)
    parts = in_short(coverage)
    if summary.articles > 1 and summary.earliest is not None:
        parts.append(f"earliest known {summary.earliest.provider or summary.earliest.outlet}")
    return ", ".join(parts)


def story_markdown(story: Story, coverage: Coverage, zone: tzinfo | None, now: datetime | None = None) -> Iterator[str]:
    """A story as lines of Markdown."""
    yield f"# {escape_markdown(story.title)}"
    yield ""
    provider = escape_markdown(story.provider.name)
    yield " · ".join(part for part in (f"**{provider}**" if provider else "", long_time(story.published, zone)) if part)
    if story.topics:
        yield ""
        yield " · ".join(f"*{escape_markdown(topic)}*" for topic in story.topics)
    if story.excerpt:
        yield ""
        yield from (f"> {escape_markdown(line)}" for line in story.excerpt.split("\n"))
    if story.body:
        yield ""
        yield story.body
    if story.url:
        yield ""
        yield f"<{story.url}>"
    if not coverage.is_alone:
        yield ""
        yield "## Coverage"
        yield ""
        yield from coverage_markdown(coverage, zone, now)


def article_markdown(article: CoverageArticle, zone: tzinfo | None) -> Iterator[str]:
    """What is known of an article of a coverage that is no story of the library, as lines of Markdown."""
    yield f"# {escape_markdown(article.title)}"
    yield ""
    provider = escape_markdown(article.provider or article.outlet)
    when = long_time(article.published, zone)
    yield " · ".join(part for part in (f"**{provider}**" if provider else "", when) if part)
    if article.excerpt:
        yield ""
        yield from (f"> {escape_markdown(line)}" for line in article.excerpt.split("\n"))
    if article.url:
        yield ""
        yield f"<{article.url}>"


def coverage_markdown(coverage: Coverage, zone: tzinfo | None, now: datetime | None = None) -> Iterator[str]:
    """A coverage as lines of Markdown: its sections, each a list by day."""
    yield coverage_summary(coverage, now) + "."
    has_heading = False
    for group in grouped(coverage, Grouping.TIME, zone, now=now):
        if group.heading:
            yield ""
            yield f"### {as_title(group.heading)}"
            has_heading = True
        yield ""
        yield f"{'####' if has_heading else '###'} {group.label}"
        yield ""
        for one in group.placed:
            article, when = one.article, one.article.published
            time = f"{when.astimezone(zone):%H:%M} " if isinstance(when, datetime) else ""
            headline = markdown_link(article.title, article.url) if article.url else escape_markdown(article.title)
            yield f"- {time}**{escape_markdown(article.provider or article.outlet)}**: {headline}"


def escape_markdown(text: str) -> str:
    """A line of text escaped so that Markdown shows it as it is."""
    return _MARKDOWN_START.sub(r"\1\\", text.translate(_MARKDOWN_SIGNS))


def markdown_link(title: str, url: str, *, is_escaped: bool = False) -> str:
    """A link as Markdown.

    Args:
        title: the words of the link.
        url: a web address; parentheses and HTML references in it are escaped.
        is_escaped: whether the title is escaped already.
    """
    address = _HTML_CHARACTER.sub("&amp;", url.replace("(", "%28").replace(")", "%29"))
    return f"[{title if is_escaped else escape_markdown(title)}]({address})"
