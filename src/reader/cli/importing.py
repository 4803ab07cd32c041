"""The commands that bring in articles one by one: `reader import` and `reader add`."""

from __future__ import annotations

import sys
from collections.abc import Sequence

import click

from reader.base.paths import config_file
from reader.base.text import clean
from reader.base.whole_files import place_of
from reader.base.wording import plural
from reader.cli.feeds import feed_library
from reader.cli.libraries import complete_files, complete_folders, own_marks, synced
from reader.cli.printing import NOTHING_FOUND, now, prints, say
from reader.settings.file import load_config
from reader.stories.urls import canonical_url

_MOST_TOLD = 50
"""Articles that were not taken and are told one by one."""

_LIBRARY = click.option(
    "--library", "folder", shell_complete=complete_folders, help="The library; by default the usual one."
)


@click.command("import")
@click.argument("file", shell_complete=complete_files)
@_LIBRARY
@prints
def import_file(file: str, folder: str | None) -> None:
    """Take in what another tool exports: story files, and what was read, starred and tagged as marks.

    FILE is an export of Miniflux, Wallabag or Omnivore (JSON), of Pocket or Raindrop (CSV), or a folder of Omnivore,
    bulletty or miniflux-exporter. Taking it in again changes nothing.
    """
    from reader.feeds.saving.exports import has_export, read_export
    from reader.feeds.saving.folders import read_folder
    from reader.feeds.saving.taking import Taking

    place = place_of(file)
    is_stories = place.is_dir() and not has_export(place)
    export = read_folder(place) if is_stories else read_export(place)
    library, index = feed_library(folder), synced(folder).index
    with library.held(), own_marks() as marks:
        taking = Taking(library.folder, marks, lambda key: index.story_named(key) is not None, now())
        taken = taking.take_over(export)
    known = f", {taken.known:,} were there already" if taken.known else ""
    say(f"{export.tool}: {plural(taken.stories, 'story', 'stories')} taken{known}")
    say(f"marks: {taken.read:,} read, {taken.starred:,} starred, {taken.tagged:,} with tags or a note")
    for what, reason in taken.not_taken[:_MOST_TOLD]:
        say(f"not taken: {clean(what)[:120] or 'an article without a name'}: {reason}", err=True)
    if len(taken.not_taken) > _MOST_TOLD:
        say(f"not taken: {len(taken.not_taken) - _MOST_TOLD:,} more", err=True)
    if not taken.stories and not taken.known:
        sys.exit(NOTHING_FOUND)


@click.command("add")
@click.argument("url")
@click.option("-t", "--topic", "topics", multiple=True, help="A topic that it gets; may be given again.")
@_LIBRARY
@prints
def add_page(url: str, folder: str | None, topics: Sequence[str]) -> None:
    """Save the page at URL as a story: its headline, outlet, date and picture, as the page itself tells them.

    Exits with 1 where it is a story of the library already.
    """
    from reader.feeds.saving.pages import read_page, save_page
    from reader.feeds.subscriptions.adding import web_address

    address = web_address(url)
    library, index = feed_library(folder), synced(folder).index
    _refuse_known(index.story_named(canonical_url(address) or ""), address)
    page = read_page(address, load_config(config_file()).own_hosts)
    _refuse_known(index.story_named(canonical_url(page.entry.url) or ""), page.entry.url)
    with library.held():
        path = save_page(library.folder, page, now(), [label for topic in topics if (label := clean(topic))])
    say(f"added: {page.entry.title}")
    say(f"       {path}", err=True)
    if page.trouble:
        say(f"       without its text: {page.trouble}", err=True)


def _refuse_known(story: int | None, address: str) -> None:
    if story is not None:
        say(f"there already: {clean(address)}", err=True)
        sys.exit(NOTHING_FOUND)
