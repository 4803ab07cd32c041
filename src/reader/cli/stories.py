"""The commands that print stories: `reader list`, `reader show`, `reader coverage` and `reader topics`."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import click

from reader.base.errors import StoryNotFoundError
from reader.base.paths import marks_file
from reader.cli.libraries import (
    as_configured,
    complete_files,
    complete_folders,
    folder_and_query,
    library_of,
    own_marks,
    synced,
)
from reader.cli.printing import NOTHING_FOUND, fail, now, prints, refuse_both, say, say_json
from reader.library.folder.paths import shown_path
from reader.library.index.listing import Answer, Listing
from reader.library.index.rows import StoryRow
from reader.library.library import Library
from reader.library.query.query import Sort, parse

if TYPE_CHECKING:
    from reader.coverage.model import Coverage
    from reader.library.query.values import MarkSets

_PAGE = 500


@click.command("list")
@click.argument("folder", required=False, shell_complete=complete_folders)
@click.argument("query", nargs=-1)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.option("--paths", is_flag=True, help="Only the files, one a line.")
@click.option("--sort", type=click.Choice([sort.short for sort in Sort]), default="newest", show_default=True)
@click.option("--limit", type=click.IntRange(min=0), default=None, help="At most so many stories.")
@prints
def list_stories(
    folder: str | None, query: Sequence[str], *, as_json: bool, paths: bool, sort: str, limit: int | None
) -> None:
    """Print stories, one a line. What is no folder is the QUERY's first word."""
    refuse_both(json=as_json, paths=paths)
    folder, query = folder_and_query(folder, query)
    listing = listing_of(query, Sort[sort.upper()])
    limit = None if limit is None else min(limit, sys.maxsize)
    is_short = limit is not None and limit <= _PAGE
    library = synced(folder, glance=is_short)
    answer = ask(library, listing, limit)
    if is_short and not library.are_current(answer.ids):
        library.sync(workers=os.cpu_count() or 1, heal=True)
        answer = ask(library, listing, limit)
    say_row = _say_path if paths else _say_json if as_json else say_line
    for row in rows_of(library, answer.ids):
        say_row(library, row)
    if not answer.ids:
        elsewhere = answer.in_coverage
        hint = f"; the coverage of {elsewhere:,} says it: {listing.in_coverage.text}" if elsewhere else ""
        fail(f"no story found{hint}", NOTHING_FOUND)


def listing_of(words: Sequence[str], sort: Sort = Sort.NEWEST) -> Listing:
    """What a command is asked for by the words of its query, read as on the screen: a copied headline is a query.

    Raises:
        QueryError: the query is wrong.
    """
    text = " ".join(words)
    parse(text)
    return Listing(text, sort=sort)


def rows_of(library: Library, stories: Sequence[int]) -> Iterator[StoryRow]:
    """The rows of stories, a page of them at a time; another copy of the program may have removed some meanwhile."""
    for start in range(0, len(stories), _PAGE):
        page = stories[start : start + _PAGE]
        rows = library.index.rows(page)
        yield from filter(None, map(rows.get, page))


def ask(library: Library, listing: Listing, most: int | None = None) -> Answer:
    """Put a question with the reader's marks; at most so many stories are listed."""
    with library.index.one_state():  # ids of stories are those of one state
        return library.index.ask(listing, now=now(), marks=marks_for(library, listing), most=most)


def marks_for(library: Library, listing: Listing) -> MarkSets | None:
    """The reader's marks, as far as an answer depends on them; of the state that the index has."""
    if not listing.asks_for_marks and not marks_file().exists():
        return None
    from reader.library.marks.snapshot import sets_for

    with own_marks() as marks:
        return sets_for(listing, marks, library.index)


def _say_path(library: Library, row: StoryRow) -> None:
    say(shown_path(library.index.path(row.id) or b""))


def _say_json(library: Library, row: StoryRow) -> None:
    from reader.outside import export

    text = library.index.text(row.id)
    if text is not None:
        say_json(export.row_json(shown_path(library.index.path(row.id) or b""), text, row))


def say_line(_library: Library, row: StoryRow) -> None:
    """Print a story in one line: its time, its outlet and its headline."""
    outlet = f"{row.provider}: " if row.provider else ""
    say(f"{_stamp(row.published):<16}  {outlet}{row.title}")


class _Found(NamedTuple):
    """A story that was named, with its library and its coverage."""

    library: Library
    story: int
    coverage: Coverage


def _find(name: str, folder: str | None) -> _Found:
    """Find a story by its file or URL; its coverage is as the configuration has it shown.

    Raises:
        StoryNotFoundError: there is none, or it is gone.
    """
    library = synced(library_of(name, folder))
    story = library.find(name)
    coverage = as_configured(library.index.coverage(story))
    if coverage is None:
        raise StoryNotFoundError("this story is gone")
    return _Found(library, story, coverage)


_LIBRARY = click.option(
    "--library",
    "folder",
    help="The library the story is in; by default the usual one, or the file's folder if it lies elsewhere.",
)


@click.command()
@click.argument("story", shell_complete=complete_files)
@_LIBRARY
@click.option("--json", "as_json", is_flag=True, help="All that the file says, and the coverage, as JSON.")
@click.option("--markdown", is_flag=True, help="As Markdown.")
@prints
def show(story: str, folder: str | None, *, as_json: bool, markdown: bool) -> None:
    """Print one story with its coverage. STORY is a file or a URL."""
    from reader.outside import export

    refuse_both(json=as_json, markdown=markdown)
    found = _find(story, folder)
    read_story = found.library.read(found.story)
    if as_json:
        say_json(export.story_json(read_story, found.coverage, now()), indent=2)
    else:
        write = export.story_markdown if markdown else export.story_text
        _say_lines(write(read_story, found.coverage, None, now()))


@click.command()
@click.argument("story", shell_complete=complete_files)
@_LIBRARY
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
@click.option("--markdown", is_flag=True, help="A briefing of the event, as Markdown.")
@prints
def coverage(story: str, folder: str | None, *, as_json: bool, markdown: bool) -> None:
    """Print the coverage of one story; as Markdown, a briefing of its event. STORY is a file or a URL."""
    from reader.outside import briefing, export

    refuse_both(json=as_json, markdown=markdown)
    library, _, covered = _find(story, folder)
    name = briefing.library_name(library.root, is_sample=library.is_sample)
    making = briefing.Making(now(), None, name, briefing.files_of(covered, library.index.path))
    if as_json:
        say_json(briefing.briefing_json(covered, making), indent=2)
    elif markdown:
        _say_lines(briefing.briefing_markdown(covered, making))
    else:
        _say_lines(export.coverage_text(covered, None, making.now))


@click.command()
@click.argument("folder", required=False, shell_complete=complete_folders)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@prints
def topics(folder: str | None, *, as_json: bool) -> None:
    """Print the topics with the number of their stories, as far as these are listed."""
    library, listing = synced(folder), Listing()
    with library.index.one_state():
        all_topics = library.index.ask_topics(listing, now=now(), marks=marks_for(library, listing))
    counted = sorted((topic for topic in all_topics if topic.stories), key=lambda topic: -topic.stories)
    for topic in counted:
        if as_json:
            say_json({"topic": topic.name, "stories": topic.stories})
        else:
            say(f"{topic.stories:>7}  {topic.name}")
    if not counted:
        fail("no topic found", NOTHING_FOUND)


def _stamp(when: object) -> str:
    if isinstance(when, datetime):
        return f"{when.astimezone():%Y-%m-%d %H:%M}"
    return str(when or "no date")


def _say_lines(lines: Iterable[str]) -> None:
    for line in lines:
        say(line)
