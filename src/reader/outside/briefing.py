"""A briefing of an event, to keep: who reported it, when and in which words; as Markdown and as a JSON value.

It claims no more than is known: the first article is the *earliest known*; it says where times are missing, where only
the day is known, and where a time is in the future. Copies of one text share a line.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from pathlib import Path

from reader import __version__
from reader.base.text import clean
from reader.base.times import day_text, long_time
from reader.base.whole_files import name_for
from reader.base.wording import as_title, plural
from reader.coverage.model import Coverage, CoverageArticle, time_key
from reader.coverage.sections import sections
from reader.coverage.summary import Summary, by_day, sum_up
from reader.coverage.timeline import Timing, earliest, place, timing
from reader.outside.export import Json, coverage_json, escape_markdown, markdown_link, time_json
from reader.stories.urls import is_web


@dataclass(frozen=True, slots=True)
class Making:
    """What a briefing needs besides the coverage.

    Attributes:
        now: the present time, aware.
        zone: the time zone in which times are written; None for the system's.
        library: the library's name for a person.
        files: the path of each story's file, by the story's id, relative to the library's folder.
    """

    now: datetime
    zone: tzinfo | None
    library: str
    files: Mapping[int, str]


def files_of(coverage: Coverage, path_of: Callable[[int], bytes | None]) -> dict[int, str]:
    """The paths of a coverage's stories, safe to show, by the story's id.

    Args:
        coverage: the coverage.
        path_of: gives the path of a story's file, by its id; None where the story is gone.
    """
    stories = (article.story for article in coverage.whole if article.story is not None)
    return {story: clean(os.fsdecode(path)) for story in stories if (path := path_of(story)) is not None}


def library_name(root: Path, *, is_sample: bool) -> str:
    """A library's name in a briefing: only that of its folder, as briefings are passed on and its path is private."""
    return "sample" if is_sample else clean(root.absolute().name or str(root))


def briefing_markdown(coverage: Coverage, making: Making) -> Iterator[str]:
    """The briefing of the event that a story is on, as lines of Markdown."""
    event, *others = sections(coverage)
    yield f"# {_headline(coverage.focus)}"
    yield ""
    yield from _summary(event.articles, making)
    yield ""
    yield f"## {as_title(event.heading or 'this story')}"
    for label, lines in _by_day(event.articles, making):
        yield ""
        yield f"### {label}"
        yield ""
        yield from lines
    for section in others:
        yield ""
        yield f"## {as_title(section.heading)}"
        yield ""
        for article, copies in _folded(section.articles):
            yield _line(_full_time(article, making), article, copies)
    yield ""
    yield from _how_it_was_made(coverage, making)


def briefing_json(coverage: Coverage, making: Making) -> Json:
    """The briefing as a JSON value: the whole coverage, and which of its articles are on the event."""
    event = coverage.event
    on_event = {article.key for article in event}
    summary = sum_up(event, making.now, making.zone)
    value = coverage_json(coverage, making.now)
    copies: dict[int, int] = {}
    for one, placed in zip(value["articles"], place(coverage.whole, making.now), strict=True):
        article = placed.article
        one["on_event"] = article.key in on_event
        one["why"] = None if article.reason is None else str(article.reason)
        one["copy"] = None if article.copy is None else copies.setdefault(article.copy, len(copies) + 1)
        one["timing"] = str(timing(article.published, making.now))
        one["file"] = None if article.story is None else making.files.get(article.story)
    return {
        **value,
        "independent": summary.independent,
        "event": {
            "articles": summary.articles,
            "outlets": summary.outlets,
            "independent": summary.independent,
            "earliest": summary.earliest.key if summary.earliest else None,
            "first_day": time_json(summary.first),
            "last_day": time_json(summary.last),
        },
        "library": making.library,
        "made": time_json(making.now),
        "made_by": f"reader {__version__}",
    }


def briefing_name(headline: str) -> str:
    """A file's name for the briefing of a headline: `police-flip-the-switch-briefing.md`."""
    return name_for(headline, "event", "-briefing.md")


def _headline(article: CoverageArticle) -> str:
    return escape_markdown(clean(article.title)) or "(no headline)"


def _outlet(article: CoverageArticle) -> str:
    return escape_markdown(clean(article.provider or article.outlet)) or "outlet not known"


def _linked(words: str, article: CoverageArticle) -> str:
    """Words that are already escaped, as a link to an article where it has a web address."""
    return markdown_link(words, article.url, is_escaped=True) if is_web(article.url) else words


def _summary(event: Iterable[CoverageArticle], making: Making) -> Iterator[str]:
    summary = sum_up(event, making.now, making.zone)
    parts = [plural(summary.outlets, "outlet"), f"{summary.independent:,} independent"]
    if summary.days:
        parts.append(plural(summary.days, "day"))
    yield " · ".join([*parts, _earliest(summary, making)])
    if summary.articles == 1:
        yield ""
        yield "No other article is known to be on this event."
    counts: defaultdict[Timing, int] = defaultdict(int)
    for article in event:
        counts[timing(article.published, making.now)] += 1
    doubts = [
        f"{plural(counts[kind], 'article')} {words}"
        for kind, words in (
            (Timing.MISSING, "without a date"),
            (Timing.DAY, "with a day and no time"),
            (Timing.FUTURE, "dated in the future"),
        )
        if counts[kind]
    ]
    if doubts:
        yield ""
        yield f"Times in doubt: {', '.join(doubts)}."


def _earliest(summary: Summary, making: Making) -> str:
    if summary.earliest is None:
        return "earliest not known"
    when = summary.earliest.published
    doubt = "" if isinstance(when, datetime) else ", time of day not known"
    return f"earliest known: {_outlet(summary.earliest)}, {long_time(when, making.zone)}{doubt}"


def _by_day(event: Iterable[CoverageArticle], making: Making) -> Iterator[tuple[str, list[str]]]:
    """The days of an event, each as its heading and its lines; articles without a date come last."""
    copies = {article.key: others for article, others in _folded(event)}
    heads = [article for article in event if article.key in copies]
    for day, articles in by_day(heads, making.zone):
        lines = [_line(_time(article, making), article, copies[article.key]) for article in articles]
        yield "No date" if day is None else day_text(day), lines


def _folded(articles: Iterable[CoverageArticle]) -> list[tuple[CoverageArticle, list[CoverageArticle]]]:
    """Articles by time, each with its copies; of copies of one text the earliest known comes first."""
    texts: defaultdict[int | str, list[CoverageArticle]] = defaultdict(list)
    for article in sorted(articles, key=time_key):
        texts[article.key if article.copy is None else article.copy].append(article)
    folded = []
    for members in texts.values():
        head = earliest(members) or members[0]
        folded.append((head, [one for one in members if one is not head]))
    return sorted(folded, key=lambda one: time_key(one[0]))


def _line(time: str, article: CoverageArticle, copies: list[CoverageArticle]) -> str:
    outlet = _outlet(article)
    words = f"- {time} **{outlet}**: " if time else f"- **{outlet}**: "
    words += _linked(_headline(article), article)
    if copies:
        names = ", ".join(_linked(_outlet(copy), copy) for copy in copies)
        words += f" · {outlet} copy ×{len(copies) + 1}: {names}"
    return words


def _time(article: CoverageArticle, making: Making) -> str:
    """The time of an article under the heading of its day."""
    when = article.published
    if when is None:
        return ""
    time = f"{when.astimezone(making.zone):%H:%M}" if isinstance(when, datetime) else "time not known"
    return f"{time}{_doubt(article, making)}"


def _full_time(article: CoverageArticle, making: Making) -> str:
    """The day and time of an article that is under no day's heading."""
    return f"{long_time(article.published, making.zone)}{_doubt(article, making)}"


def _doubt(article: CoverageArticle, making: Making) -> str:
    return " (dated in the future)" if timing(article.published, making.now) is Timing.FUTURE else ""


def _how_it_was_made(coverage: Coverage, making: Making) -> Iterator[str]:
    yield "## How this was made"
    yield ""
    yield f"By reader {__version__} on {long_time(making.now, making.zone)}, {_source(making)}."
    yield "An event is what articles tell within days of each other, in words alike; the program found it."
    times = [one.published for one in coverage.event if isinstance(one.published, datetime)]
    zones = list(dict.fromkeys(f"{when.astimezone(making.zone):%Z}" for when in sorted(times)))
    if zones:
        yield f"Times are as the articles' files give them, in {escape_markdown(' and '.join(zones))}."
    local = [article for article in sorted(coverage.whole, key=time_key) if article.story in making.files]
    if local:
        yield ""
    for article in local:
        yield f"- {escape_markdown(clean(making.files[article.story or 0]))}: {_outlet(article)}"


def _source(making: Making) -> str:
    return f"from these files of the library {escape_markdown(clean(making.library))}"
