"""Bringing news in, with all that belongs to it: asking feeds, writing and indexing stories, full texts, rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from reader.base.errors import IndexBusyError
from reader.base.wording import plural
from reader.feeds.errors import FeedError
from reader.feeds.fetching import Fetching, FetchReport
from reader.feeds.library import FeedLibrary
from reader.feeds.model import Feed, FetchProgress
from reader.feeds.rules import HIDE, Applied, apply_rules, run_commands
from reader.feeds.texts.installed import HOW_TO_GET_IT, is_installed
from reader.feeds.texts.texts import FullTexts
from reader.library.feeds.state import FeedState
from reader.library.folder.paths import in_folder
from reader.library.library import Library
from reader.library.marks.marks import Marks
from reader.settings.config import Config
from reader.stories.errors import StoryError
from reader.stories.files import read_story


class News(NamedTuple):
    """What came in, and what became of it.

    Attributes:
        report: the result of asking the feeds.
        applied: the result of each rule for the new stories.
        no_text: the files of new stories whose full text could not be fetched, each with the reason; the library's
            folder with a reason, where full texts are not possible at all.
        unruled: how many new stories wait for their rules, as another program holds the index: the next time that news
            is brought in, they are followed for them.
        marks_note: what became of marks that were damaged; empty where none were.
        hidden: the paths of the stories that the rules have hidden, also of such as came in before and waited.
    """

    report: FetchReport
    applied: tuple[Applied, ...] = ()
    no_text: tuple[tuple[Path, str], ...] = ()
    unruled: int = 0
    marks_note: str = ""
    hidden: frozenset[bytes] = frozenset()

    @property
    def listed(self) -> int:
        """How many of the stories that the feeds brought are new and not hidden."""
        return self.report.total().new - len(self.hidden.intersection(self.report.written))

    @property
    def waiting(self) -> str:
        """The message that stories wait for the rules; empty where none does."""
        stories = plural(self.unruled, "new story waits", "new stories wait")
        return f"{stories} for the rules: another program holds the index" if self.unruled else ""


def bring_in(
    feeds: FeedLibrary,
    library: Library,
    marks: Path | None,
    config: Config,
    only: Sequence[Feed] = (),
    *,
    due_only: bool = False,
    on_progress: Callable[[FetchProgress], None] = lambda _: None,
    workers: int = 0,
) -> News:
    """Ask the feeds of a library, and do with new stories what the settings say.

    Args:
        feeds: the feeds of the library.
        library: the same library; its index is brought up to date.
        marks: the file of the marks; None where nothing is to be marked, and so no rule followed.
        config: the settings.
        only: as in `Fetching.run`.
        due_only: as in `Fetching.run`.
        on_progress: as in `Fetching.run`.
        workers: as in `Library.sync`.

    Raises:
        FetchingBusyError, SubscriptionsError, FeedStateError: as in `Fetching.run`.
        LibraryError, LibraryIndexError: as in `Library.sync`.
        MarksError: a rule could not mark the new stories; they are written, and the next time it is tried again.
    """
    if not (only or feeds.subscriptions().feeds):
        return News(Fetching(feeds).run())  # there is nothing to ask; but another copy at work is an error as always
    is_current = _is_synced(library, workers)
    with closing(library.another_index()) as index:

        def elsewhere(key: str) -> bytes | None:
            story = index.story_named(key)
            return None if story is None else index.path(story)

        report = Fetching(feeds, config.own_hosts, elsewhere).run(only, due_only=due_only, on_progress=on_progress)
    wants_texts = config.full_text and report.written
    no_text = tuple(_whole_texts(feeds, config, report.written)) if wants_texts else ()
    with feeds.state() as state:
        # Taken before the folder is read, without files that another copy still writes: so the index has them all.
        new = [path for path in state.unruled() if in_folder(feeds.folder, path).exists()]
        if marks is None or not config.rules:
            _take_off(state, new)
            new = []
    if new or any(report.total()):
        is_current = _is_synced(library, workers)
    if not new or marks is None or not is_current:
        return News(report, (), no_text, len(new))
    followed = _follow(feeds, library, marks, config, new)
    return News(report, followed.applied, no_text, 0, followed.marks_note, followed.hidden)


def _is_synced(library: Library, workers: int) -> bool:
    """Bring the index up to date; False where another program holds it, which will do so itself."""
    try:
        library.sync(workers=workers, heal=True)
    except IndexBusyError:
        return False
    return True


def _whole_texts(feeds: FeedLibrary, config: Config, written: Iterable[bytes]) -> Iterator[tuple[Path, str]]:
    """Fetch the full texts of new stories of those feeds that the settings name; gives the files where that failed."""
    if not is_installed():
        yield feeds.folder, HOW_TO_GET_IT
        return
    with FullTexts(feeds, config.own_hosts) as texts:
        for path in written:
            file = in_folder(feeds.folder, path)
            try:
                story = read_story(file)
                came_by = story.feeds if story is not None else ()
                if any(part in feed for part in config.full_text for feed in came_by):
                    texts.bring(file)
            except (StoryError, FeedError) as error:
                yield file, str(error)


class _Followed(NamedTuple):
    """The result of each rule, what became of marks that were damaged, and the paths of the stories that are hidden."""

    applied: tuple[Applied, ...]
    marks_note: str
    hidden: frozenset[bytes]


def _follow(feeds: FeedLibrary, library: Library, marks: Path, config: Config, new: Sequence[bytes]) -> _Followed:
    """Follow the rules for new stories, given by their paths: first set all marks, then run the commands.

    A story is taken off the list of those that wait before its first command is run, so that no command gets it twice,
    even if the program is killed. The feeds are not locked meanwhile: commands take time, and may start this program.
    """
    paths = {story: path for path in new if (story := library.index.story_at(path)) is not None}
    with Marks(marks, feeds.now) as opened:
        applied = apply_rules(config.rules, library, opened, feeds.now(), paths.keys())
        note = opened.note
    commanded = {paths[story] for one in applied if one.rule.run for story in one.stories}
    hidden = frozenset(paths[story] for one in applied if HIDE in one.rule.then for story in one.stories)
    with feeds.state() as state:
        _take_off(state, [path for path in new if path not in commanded])
        applied = run_commands(applied, library, lambda story: state.take_unruled(paths[story]))
    return _Followed(applied, note, hidden)


def _take_off(state: FeedState, stories: Sequence[bytes]) -> None:
    """Take stories off the list of those that wait for the rules."""
    if not stories:
        return
    with state.changing():
        for path in stories:
            state.take_unruled(path)
