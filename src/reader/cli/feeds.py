"""The commands for the subscriptions of a library: `reader feeds add`, `remove`, `list`, `import`, `export`, `tidy`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import click

from reader.base.errors import LibraryError
from reader.base.lengths import read_length
from reader.base.paths import config_file, sample_folder
from reader.base.text import clean
from reader.base.times import ago
from reader.base.whole_files import FOR_ALL, FOR_OWNER, place_of, save
from reader.base.wording import plural
from reader.cli.libraries import choose, complete_files, complete_folders, own_marks
from reader.cli.printing import NOTHING_FOUND, now, prints, say, say_json
from reader.feeds.errors import FeedError, SubscriptionsError
from reader.feeds.library import FeedCount, FeedLibrary
from reader.feeds.model import Feed, FoundFeed, public_url
from reader.feeds.subscriptions.subscriptions import Subscriptions
from reader.library.feeds.state import FeedFacts
from reader.settings.file import load_config
from reader.stories.limits import OPML_BYTES

STANDARD = "-"
"""The name of standard input and output."""


_LIBRARY = click.option(
    "--library", "folder", shell_complete=complete_folders, help="The library; by default the usual one."
)


def feed_library(folder: str | None) -> FeedLibrary:
    """The feeds of the library in a folder, as it was given.

    Raises:
        LibraryError: there is no such folder, or it is that of the sample, which has no feeds.
    """
    root, _ = choose(folder, load_config(config_file()))
    if root == sample_folder():
        raise LibraryError("this needs a library of your own: name its folder, or set `library` in the configuration")
    return FeedLibrary(root, now, lambda note: say(f"reader: {note}", err=True))


@click.group("feeds")
def feeds_commands() -> None:
    """The feeds of a library: `feeds.opml` in its folder."""


@feeds_commands.command("add")
@click.argument("url")
@click.option("-t", "--topic", "topics", multiple=True, help="A topic that its stories get; may be given again.")
@click.option("-n", "--name", default="", help="What it is called; by default what it calls itself.")
@click.option("--unseen", is_flag=True, help="Do not ask it now: URL is taken for a feed.")
@_LIBRARY
@prints
def add_feed(url: str, folder: str | None, topics: Sequence[str], name: str, *, unseen: bool) -> None:
    """Subscribe to a feed. URL is its address, or that of a page that names one."""
    from reader.feeds.subscriptions.adding import web_address

    library = feed_library(folder)
    address = web_address(url)
    feed, found = (Feed(address), "") if unseen else _looked_up(address)
    feed = feed._replace(name=clean(name) or feed.name, topics=tuple(filter(None, map(clean, topics))))
    if not library.change(lambda known: known.add(feed)):
        say(f"there already: {feed.label}", err=True)
        sys.exit(NOTHING_FOUND)
    say(f"added: {feed.label}{found}")


def _looked_up(address: str) -> tuple[Feed, str]:
    """The feed at an address, or of the page there; and a few words about its entries."""
    from reader.feeds.subscriptions.adding import look_up

    own_hosts = load_config(config_file()).own_hosts
    offer = look_up(address, own_hosts)
    if offer.feed is None:
        chosen = _chosen(offer.page)
        offer = look_up(chosen.url, own_hosts, named_by=address)
        if offer.feed is None:
            raise FeedError(f"no feed: {clean(chosen.url)}")
    return offer.feed, f" ({plural(offer.entries, 'entry', 'entries')}); `reader fetch` brings them in"


def _chosen(found: Sequence[FoundFeed]) -> FoundFeed:
    """The feed of a page that the person means: the only one, or the one that they choose."""
    if len(found) == 1:
        return found[0]
    say("this page names several feeds:", err=True)
    for number, one in enumerate(found, start=1):
        say(f"{number:>3}  {one.url}  {one.name}".rstrip(), err=True)
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise FeedError("several feeds: name the address of one")
    number = click.prompt("which", type=click.IntRange(1, len(found)), err=True)
    return found[number - 1]


@feeds_commands.command("remove")
@click.argument("feed")
@_LIBRARY
@prints
def remove_feed(feed: str, folder: str | None) -> None:
    """Unsubscribe from FEED: its address, its name, or a part of either. Its stories stay."""

    def work(known: Subscriptions) -> Feed:
        found = known.find(feed)
        known.remove(found)
        return found

    say(f"removed: {feed_library(folder).change(work).label}")


@feeds_commands.command("list")
@click.argument("folder", required=False, shell_complete=complete_folders)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@prints
def list_feeds(folder: str | None, *, as_json: bool) -> None:
    """Print the feeds with their last news, errors and numbers of stories, hidden ones too."""
    library = feed_library(folder)
    subscriptions, counts = library.subscriptions(), library.counts()
    for feed in subscriptions.feeds:
        count = counts.get(feed.key, FeedCount(FeedFacts(), 0))
        if as_json:
            say_json(_as_json(feed, count))
        else:
            _say_feed(feed, count)
    for odd in subscriptions.not_taken:
        say(f"not asked, no web address: {odd}", err=True)
    if not subscriptions.feeds:
        say("no feed; `reader feeds add URL` adds one", err=True)
        sys.exit(NOTHING_FOUND)


def _say_feed(feed: Feed, count: FeedCount) -> None:
    facts = count.facts
    news = f"news {ago(_time(facts.news), now())}" if facts.news else "no news yet" if facts.asked else "never asked"
    say(f"{count.stories:>7}  {feed.label} · {news}")
    if feed.label != public_url(feed.url):
        say(f"         {public_url(feed.url)}")
    if feed.topics:
        say(f"         topics: {', '.join(feed.topics)}")
    if facts.error:
        ended = "it has ended: " if facts.ended else ""
        times = f", {facts.failures:,} times now" if facts.failures > 1 else ""
        say(f"         ! {ended}{facts.error}{times}")


def _as_json(feed: Feed, count: FeedCount) -> dict[str, Any]:
    facts = count.facts
    return {
        "url": public_url(feed.url), "name": feed.name, "topics": list(feed.topics), "site": feed.site,
        "stories": count.stories, "error": facts.error, "failures": facts.failures, "ended": bool(facts.ended),
        "asked": _stamp(facts.asked), "news": _stamp(facts.news),
    }  # fmt: skip


def _time(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)


def _stamp(seconds: int) -> str | None:
    return _time(seconds).isoformat() if seconds else None


@feeds_commands.command("export")
@click.argument("file")
@_LIBRARY
@prints
def export_feeds(file: str, folder: str | None) -> None:
    """Write the subscriptions as OPML to FILE, which must be new; - is standard output."""
    subscriptions = feed_library(folder).subscriptions()
    lines = subscriptions.data().decode("utf-8").rstrip("\n").split("\n")
    has_secrets = any(feed.has_secret for feed in subscriptions.feeds)
    if file == STANDARD:
        for line in lines:
            say(line)
    else:
        save(place_of(file), lines, mode=FOR_OWNER if has_secrets else FOR_ALL)
        say(f"written to {clean(file)}", err=True)
    if has_secrets:
        say("it holds passwords of feeds: take them out before anyone else gets it", err=True)


@feeds_commands.command("import")
@click.argument("file", shell_complete=complete_files)
@click.option("--cache", default="", shell_complete=complete_files, help="newsboat's cache.db, if not beside FILE.")
@_LIBRARY
@prints
def import_feeds(file: str, cache: str, folder: str | None) -> None:
    """Take in the feeds of FILE: OPML, or newsboat's `urls`; with that also the stories of its cache.db."""
    from reader.feeds.subscriptions.newsboat import parse_urls

    library, place = feed_library(folder), place_of(file)
    data = _read(place)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        document = Subscriptions.parse(data)
        _subscribe(library, document.feeds, document.not_taken)
        return
    urls = parse_urls(data)
    _subscribe(library, urls.feeds, urls.not_taken)
    stories = place_of(cache) if cache else place.with_name("cache.db")
    if stories.exists() or cache:
        _take_over(library, urls.feeds, stories)
    else:
        say("no cache.db beside it: no stories taken; --cache names it", err=True)


def _read(place: Path) -> bytes:
    try:
        with place.open("rb") as opened:
            data = opened.read(OPML_BYTES + 1)
    except OSError as error:
        raise SubscriptionsError(f"{clean(str(place))}: {error.strerror}") from error
    if len(data) > OPML_BYTES:
        raise SubscriptionsError(f"{clean(str(place))}: larger than {OPML_BYTES / 1e6:,.0f} MB")
    return data


def _subscribe(library: FeedLibrary, feeds: Sequence[Feed], not_taken: Sequence[str]) -> None:
    added = library.change(lambda known: sum(known.add(feed) for feed in feeds))
    known = f", {len(feeds) - added:,} were there already" if added < len(feeds) else ""
    say(f"{plural(added, 'feed')} added{known}")
    for line in not_taken:
        say(f"not taken: {line}", err=True)
    if not feeds:
        sys.exit(NOTHING_FOUND)


def _take_over(library: FeedLibrary, feeds: Sequence[Feed], cache: Path) -> None:
    from reader.feeds.subscriptions.newsboat import STARRED, take_over
    from reader.library.feeds.newsboat import NewsboatCache

    with NewsboatCache(cache) as stories, library.held() as state, own_marks() as marks:
        taken = take_over(feeds, stories, library.arrivals(state), marks)
    say(
        f"{plural(taken.stories, 'story', 'stories')} taken: {taken.read:,} read, {taken.starred:,} starred "
        f"(flag {STARRED}), {taken.tagged:,} with other flags as tags"
    )
    if taken.deleted:
        say(f"{taken.deleted:,} not taken: newsboat has them as deleted", err=True)
    for reason in taken.failed:
        say(f"reader: {reason}", err=True)


@feeds_commands.command("tidy")
@click.argument("folder", required=False, shell_complete=complete_folders)
@click.option("--older", required=True, metavar="TIME", help="Only stories that are older: 90d, 8w, 6mo (months), 1y.")
@click.option("--yes", is_flag=True, help="Do not ask.")
@prints
def tidy_feeds(folder: str | None, older: str, *, yes: bool) -> None:
    """Put old stories of feeds away: those read, and not starred, kept for later, tagged, noted or watched.

    Nothing is deleted: they go to the folder .tidied of the library, where no story is read, and do not come in again.
    """
    from reader.feeds.arrivals.tidying import FOLDER, old_stories, put_away

    library, before = feed_library(folder), _before(older)
    with own_marks() as marks:
        stories = old_stories(library.folder, before, marks)
    if not stories:
        say("nothing to put away", err=True)
        sys.exit(NOTHING_FOUND)
    say(f"{plural(len(stories), 'story', 'stories')} to be moved to {clean(str(library.folder / FOLDER))}")
    if not yes and not _is_sure():
        sys.exit(NOTHING_FOUND)
    with library.held():
        say(f"{put_away(library.folder, stories):,} moved")


def _is_sure() -> bool:
    if not sys.stdin.isatty():
        say("reader: nothing moved; --yes moves them", err=True)
        return False
    return click.confirm("move them", err=True)


def _before(older: str) -> datetime:
    """The time that is a length of time, such as `90d`, ago."""
    length = read_length(older)
    if length is None:
        raise click.BadParameter("a number with a unit: 90d, 8w, 6mo (months), 1y", param_hint="--older")
    if length.unit == "m":  # whoever writes it here means months
        hint = f"{length.number}m is minutes; months are {length.number}mo"
        raise click.BadParameter(hint, param_hint="--older")
    try:
        return now() - timedelta(seconds=length.seconds)
    except OverflowError as error:
        raise click.BadParameter("that is too long ago", param_hint="--older") from error
