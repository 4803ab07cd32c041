"""Makes the parts of the main screen and gives each the others that it needs: so those come first."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from reader.base.errors import LibraryIndexError
from reader.coverage.ways import Grouping
from reader.library.index.listing import Listing
from reader.library.library import Library
from reader.settings.config import Config
from reader.ui.parts.bars import Bars
from reader.ui.parts.feeds.state import Asking
from reader.ui.parts.host import Host, Widgets
from reader.ui.parts.index.folder_state import FolderState
from reader.ui.parts.index.questions import Questions
from reader.ui.parts.index.thread import IndexThread
from reader.ui.parts.layout import Layout
from reader.ui.parts.listed.stories import ListedStories
from reader.ui.parts.marks.kept import KeptMarks
from reader.ui.parts.marks.looked_at import LookedAt
from reader.ui.parts.marks.news import News
from reader.ui.parts.marks.read import ReadMarks
from reader.ui.parts.marks.shown import ShownMarks
from reader.ui.parts.story.current import CurrentStory
from reader.ui.parts.story.images import Images
from reader.ui.parts.views.side_bar import ViewsBar
from reader.ui.parts.views.views import KnownViews
from reader.ui.widgets.bars import HeaderBar, TopicBar
from reader.ui.widgets.coverage.coverage_tree import CoverageTree
from reader.ui.widgets.panes import Panes, Split
from reader.ui.widgets.query.query_bar import QueryBar
from reader.ui.widgets.query.query_history import QueryHistory
from reader.ui.widgets.stories.story_list import StoryList
from reader.ui.widgets.story.story_pane import StoryPane

if TYPE_CHECKING:
    from reader.ui.parts.events import Events
    from reader.ui.parts.feeds.asking import AskedFeeds
    from reader.ui.parts.feeds.assignments import Assignments
    from reader.ui.parts.feeds.known import KnownFeeds
    from reader.ui.parts.feeds.texts import WholeTexts
    from reader.ui.parts.handing_on import HandingOn, Links
    from reader.ui.parts.index.folder import Folder
    from reader.ui.parts.listed.search import Search
    from reader.ui.parts.marks.marks import Marking
    from reader.ui.parts.marks.notes import Notes
    from reader.ui.parts.marks.selection import Selection
    from reader.ui.parts.marks.unread import UnreadStories


class Foundation(NamedTuple):
    """What the main screen is made with, and what it shows first.

    Attributes:
        library: the library.
        folder_name: its folder as a person writes it.
        config: the settings.
        now: the clock.
        zone: the time zone of what is shown; None for the system's.
        watch: whether the folder is watched for changes.
        marks: the path of the file of marks; None where marks cannot be kept.
        views: the path of the file of saved views; None where views cannot be saved.
        queries: earlier queries, the latest last.
        keymap: keys that differ from the program's own, by the ids of bindings.
        listing: what is listed at first.
        story: the key of the story that is shown first; empty for the first of the list.
        grouping: how the coverage is grouped at first.
        split: how the panes share the screen at first.
        side_bar: whether the side bar is open at first.
        opened: keys of stories; the rows of their events are open at first.
        density: how many lines a story takes, if that was chosen on the screen; empty to take it from the settings.
        is_first: whether the program is started for the first time.
    """

    library: Library
    folder_name: str
    config: Config
    now: Callable[[], datetime]
    zone: tzinfo | None = None
    watch: bool = False
    marks: Path | None = None
    views: Path | None = None
    queries: Sequence[str] = ()
    keymap: Mapping[str, str] = MappingProxyType({})
    listing: Listing = Listing()
    story: str = ""
    grouping: Grouping = Grouping.TIME
    split: Split = Split()
    side_bar: bool = False
    opened: Sequence[str] = ()
    density: str = ""
    is_first: bool = False


_STOPPED = frozenset({"asked_feeds", "texts"})
"""The parts with processes of their own, which must end with the screen."""


class Parts:
    """All parts of one main screen.

    Args:
        host: the screen.
        foundation: what they are made with, and show first.
    """

    def __init__(self, host: Host, foundation: Foundation) -> None:
        config, now, zone = foundation.config, foundation.now, foundation.zone
        self._host = host
        self._foundation = foundation
        self.is_closing = False
        """Whether `close` has begun, which may take some seconds."""
        thread = IndexThread(foundation.library, foundation.marks, now)
        self.searched = QueryHistory(foundation.queries)
        questions = self.questions = Questions(
            host, foundation.library, thread, self._mend, shows_found=config.found_coverage
        )
        widgets = self.widgets = _widgets(questions, foundation, self.searched)
        state = self._folder_state = FolderState()

        shown = self.shown_marks = ShownMarks(host, questions, state, widgets)
        kept = self._kept = KeptMarks(host, questions, shown)
        news = News(host, questions, widgets.stories)
        looked_at = self._looked_at = LookedAt(kept, news, now)
        read = self.read = ReadMarks(
            host,
            kept,
            shown,
            news,
            widgets.story_pane,
            looked_at=looked_at,
            when=config.mark_read if foundation.marks is not None else "never",
            seconds=config.mark_read_seconds,
        )
        self.images = Images(
            host,
            widgets,
            when=config.images,
            cache_mb=config.image_cache_mb,
            keymap=foundation.keymap,
            own_hosts=config.own_hosts,
        )
        current = self.current = CurrentStory(
            host,
            questions,
            widgets,
            new_of=news.of,
            followers=[self.images, read],
            grouping=foundation.grouping,
            keymap=foundation.keymap,
        )
        listed = self.listed = ListedStories(
            host,
            questions,
            widgets,
            folder=state,
            marks=shown,
            current=current,
            listing=foundation.listing,
            now=now,
            zone=zone,
            outlets=config.outlets,
            keymap=foundation.keymap,
            folder_name=foundation.folder_name,
        )
        self._asking = Asking()
        self.layout = Layout(host, current, widgets, foundation.split, foundation.density)
        self.views = KnownViews(
            host,
            questions,
            listed,
            shown,
            widgets,
            now=now,
            configured=config.views,
            file=foundation.views,
            keymap=foundation.keymap,
        )
        self.side_bar = ViewsBar(
            host, self.views, listed=listed, marks=shown, folder=state, panes=widgets.panes, keymap=foundation.keymap
        )
        self.bars = Bars(
            questions, state, self._asking, listed, marks=shown, widgets=widgets, folder_name=foundation.folder_name
        )

    # What the first page does not need is imported and made at its first use.

    @cached_property
    def folder(self) -> Folder:
        """Reads the folder, and watches it."""
        from reader.ui.parts.index.folder import Folder

        return Folder(
            self._host,
            self.questions,
            self._folder_state,
            self.listed,
            self.current,
            keymap=self._foundation.keymap,
        )

    @cached_property
    def _assignments(self) -> Assignments:
        from reader.ui.parts.feeds.assignments import Assignments

        return Assignments(
            self._foundation.library, self._foundation.config, self._foundation.marks, self._foundation.now
        )

    @cached_property
    def asked_feeds(self) -> AskedFeeds:
        """Asks the feeds."""
        from reader.ui.parts.feeds.asking import AskedFeeds

        return AskedFeeds(self._host, self._assignments, self.folder, self._asking)

    @cached_property
    def known_feeds(self) -> KnownFeeds:
        """Shows the feeds."""
        from reader.ui.parts.feeds.known import KnownFeeds

        return KnownFeeds(
            self._host,
            self.questions,
            self._assignments,
            marks=self.shown_marks,
            listed=self.listed,
            widgets=self.widgets,
        )

    @cached_property
    def texts(self) -> WholeTexts:
        """Fetches whole texts."""
        from reader.ui.parts.feeds.texts import WholeTexts

        return WholeTexts(self._host, self.questions, self._assignments, self.folder, self.current)

    @cached_property
    def marks(self) -> Marking:
        """Marks as read, starred, for later; watches events."""
        from reader.ui.parts.index.many import ManyMarks
        from reader.ui.parts.marks.marks import Marking

        return Marking(
            self._host,
            self.questions,
            shown=self.shown_marks,
            kept=self._kept,
            read=self.read,
            looked_at=self._looked_at,
            stories=self.listed,
            many=ManyMarks(self.questions),
            keymap=self._foundation.keymap,
        )

    @cached_property
    def notes(self) -> Notes:
        """Edits tags and notes."""
        from reader.ui.parts.marks.notes import Notes

        return Notes(self._host, self.questions, self._kept)

    @cached_property
    def selection(self) -> Selection:
        """Selects rows for the keys that mark."""
        from reader.ui.parts.marks.selection import Selection

        return Selection(self._host, self.widgets, self.current, keymap=self._foundation.keymap)

    @cached_property
    def unread(self) -> UnreadStories:
        """Goes to unread stories."""
        from reader.ui.parts.marks.unread import UnreadStories

        stories = self.widgets.stories
        return UnreadStories(self._host, self.questions, self.shown_marks, stories, self.current.go_to_row)

    @cached_property
    def search(self) -> Search:
        """Lists what the search bar asks for."""
        from reader.ui.parts.listed.search import Search

        return Search(self._host, self.questions, self.listed, self.widgets)

    @cached_property
    def links(self) -> Links:
        """Opens and copies links."""
        from reader.ui.parts.handing_on import Links

        return Links(self._host, self.questions, self._foundation.config.own_hosts)

    @cached_property
    def handing_on(self) -> HandingOn:
        """Hands stories to other programs."""
        from reader.ui.parts.handing_on import HandingOn

        now, zone, share = self._foundation.now, self._foundation.zone, self._foundation.config.share
        return HandingOn(self._host, self.questions, now=now, zone=zone, share=share, rescan=self.folder.rescan)

    @cached_property
    def events(self) -> Events:
        """Shows events and overviews."""
        from reader.ui.parts.events import Events

        return Events(self._host, self.questions, self.current, now=self._foundation.now, zone=self._foundation.zone)

    # The start.

    def show_first(self) -> None:
        """Show what the index has at once."""
        foundation, questions = self._foundation, self.questions
        self.widgets.stories.border_title = "Stories"
        self.widgets.story_pane.border_title = "Story"
        if foundation.story:
            self.current.show(questions.peek(lambda index: index.story_named(foundation.story), None))
        if foundation.listing.by_event and foundation.opened:
            found = map(self._story_named, foundation.opened)
            self.widgets.stories.open_at_first(story for story in found if story is not None)
        if foundation.listing == Listing():
            self.listed.list_first_page()
        if foundation.library.note:
            self._host.toast(foundation.library.note, "warning")

    def look_at_folder(self) -> None:
        """Once the first stories are on the screen, list all of them, and see what has changed in the folder."""
        self.listed.is_filling = not self.questions.peek(lambda index: index.counts().stories, 0)
        if self._foundation.watch:
            self.folder.watch()  # it also reads the folder once the watching has begun, so that no change is missed
        if not self._foundation.watch or not self.widgets.stories.count:
            self.folder.read()
        else:
            self.listed.list_anew()
        self.asked_feeds.begin()

    async def show_views(self) -> None:
        """Once the first stories are on the screen, show the views: in the side bar, or as the name of the list."""
        if self._foundation.side_bar:
            await self.side_bar.open()
        elif self._foundation.listing != Listing():
            self.views.name_the_listed()

    # What concerns several parts.

    def look_for_others(self) -> None:
        """Show what another copy of the program has marked, and list the stories that this brings in."""
        self.shown_marks.look_for_others(self.listed.list_what_comes_back)

    def opened(self) -> None:
        """The story that keys act on was opened, here or in the browser."""
        at_hand = self.current.at_hand
        self.current.was_opened = at_hand.story == self.current.id
        self.read.opened(at_hand)

    def _mend(self, error: LibraryIndexError) -> None:
        """Have a damaged index mended. `Questions` notices it, but is made before `Folder`, which mends it."""
        self.folder.mend(error)

    def _story_named(self, key: str) -> int | None:
        return self.questions.peek(lambda index: index.story_named(key), None)

    def show_bars(self) -> None:
        """Bring the bars, the title of the list and the side bar up to date."""
        self.bars.show()
        self.views.show_name()
        self.side_bar.show()

    def close(self) -> None:
        """Stop all work and close the index. Calling it again does nothing."""
        self.is_closing = True
        for name in _STOPPED.intersection(vars(self)):  # only those that were made: `vars` has no others
            getattr(self, name).stop()
        self.folder.stop()
        self.questions.close()


def _widgets(questions: Questions, foundation: Foundation, searched: QueryHistory) -> Widgets:
    now, zone = foundation.now, foundation.zone
    facts = lambda ids: questions.event_facts(ids, now(), zone)  # noqa: E731 — as short as what it is handed to
    stories = StoryList(questions.rows, facts, now, zone, foundation.density or foundation.config.density)
    story_pane = StoryPane(now, zone, foundation.keymap, foundation.config.own_hosts)
    tree = CoverageTree(now, zone, foundation.keymap)
    query_bar, panes = QueryBar(foundation.listing.text, searched), Panes(stories, story_pane, tree)
    return Widgets(HeaderBar(), TopicBar(), query_bar, stories, story_pane, tree, panes)
