"""The Textual app: the main screen, the themes, and the world outside (browser, clipboard)."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import events, work
from textual.binding import Binding
from textual.command import CommandPalette

from reader.base.errors import BrowserError, ReaderError
from reader.base.text import clean, clean_block
from reader.coverage.ways import Grouping
from reader.library.library import Library
from reader.settings.config import Config
from reader.stories.urls import is_plain, is_web
from reader.ui.keys.bindings import APP, key_table
from reader.ui.look import themes
from reader.ui.main_screen import MainScreen
from reader.ui.palette import Palette, ReaderCommands
from reader.ui.parts.clipboard import Copying
from reader.ui.parts.listing import Listing
from reader.ui.signals import Ending
from reader.ui.upstream.pacing import Pacing
from reader.ui.upstream.resuming import Resumes
from reader.ui.upstream.steady import SteadyApp
from reader.ui.upstream.toasting import Toasting
from reader.ui.upstream.type_ahead import DIALOG, TypeAhead
from reader.ui.widgets.bars import KeyBar
from reader.ui.widgets.panes import Split

if TYPE_CHECKING:
    from textual.filter import LineFilter

    from reader.outside.browser import Opening
    from reader.settings.place import Place
    from reader.ui.keys.sequences import KeySequences


class ReaderApp(TypeAhead, SteadyApp, Pacing, Resumes, Toasting, Copying, Ending):
    """The reader.

    Args:
        library: what is read.
        config: the settings.
        now: the clock.
        zone: the time zone of what is shown; None for the system's.
        listing: what is listed at first.
        watch: whether the folder is watched for changes.
        environment: the environment's variables.
        marks: the file of the marks; None where nothing is to be marked.
        place: where the person was; it says what is listed, unless `listing` or the start view does.
        theme: the theme that was chosen on the screen; empty for the one of the settings.
        views: the file of saved views; None where nothing is to be saved.
        queries: what was searched for before, the last one last.

    Raises:
        ConfigError: the settings' keys or themes mean nothing.
    """

    TITLE = "reader"
    CSS_PATH = "reader.tcss"
    BINDINGS: ClassVar[list[Binding]] = [*APP]  # type: ignore[assignment]
    COMMANDS = {ReaderCommands}
    ENABLE_COMMAND_PALETTE = True
    ALLOW_SELECT = False
    """Selecting by the mouse is the terminal's: Textual's fails on a click at what is being taken down."""
    SEQUENCE_SECONDS: ClassVar[float] = 1.0
    """How long the next key of a sequence is waited for."""

    def __init__(
        self,
        library: Library,
        config: Config,
        now: Callable[[], datetime],
        *,
        zone: tzinfo | None = None,
        listing: Listing = Listing(),  # noqa: B008 — a frozen value
        watch: bool = False,
        environment: Mapping[str, str] = os.environ,
        marks: Path | None = None,
        place: Place | None = None,
        theme: str = "",
        views: Path | None = None,
        queries: Sequence[str] = (),
    ) -> None:
        super().__init__()
        self._library = library
        self._config = config
        self._now = now
        self._zone = zone
        self._listing = listing
        self._watches = watch
        self.environment = environment
        self._marks = marks
        self._place = place
        self._views = views
        self._queries = queries
        self._main: MainScreen | None = None
        self._more_filters = _filters(environment.get("TERM", ""))
        self.register_theme(themes.DARK)
        self.register_theme(themes.LIGHT)
        self.keymap_in_force: Mapping[str, str] = {}
        """Keys that differ from the program's own, by the ids of bindings."""
        self._sequences: KeySequences | None = None
        if config.preset or config.keys or config.themes:
            self._take_settings()
        self._asked_theme = theme or config.theme
        known = self.available_themes
        self.theme = next(name for name in (theme, config.theme, themes.DARK.name) if name in known)

    def _take_settings(self) -> None:
        """Take the keys and themes of the settings; a start without them goes without all of it."""
        from reader.ui.keys.keymap import keymap_of, sequences_in
        from reader.ui.keys.sequences import KeySequences
        from reader.ui.look.user_themes import user_themes

        self.keymap_in_force = keymap_of(self._config)
        self.set_keymap(self.keymap_in_force)
        if sequences := sequences_in(self.keymap_in_force):
            self._sequences = KeySequences(
                self,
                sequences,
                seconds=self.SEQUENCE_SECONDS,
                give_up=self._give_sequence_up,
                show=self._show_typed,
            )
        for theme in user_themes(self._config):
            self.register_theme(theme)

    def get_css_variables(self) -> dict[str, str]:
        """The theme's variables, with those that our style sheets ask of any theme."""
        return themes.complete(super().get_css_variables())

    def get_line_filters(self) -> Sequence[LineFilter]:
        """What each line passes through before it is drawn."""
        return [*super().get_line_filters(), *self._more_filters]

    def get_default_screen(self) -> MainScreen:
        """The main screen is the first one: one screen less to make, style and draw before the stories stand."""
        self._main = self._make_main()
        self._main.keymap = self.keymap_in_force
        return self._main

    def on_mount(self) -> None:
        """Listen to signals, and to keys once the screen stands; tell of a theme that there is not."""
        self.listen_to_signals()
        self.await_screen(self.screen)
        if self.theme != self._asked_theme:
            from reader.ui.look.user_themes import no_theme

            told = no_theme(self._config, self._asked_theme, self.available_themes)
            self.notify(told, severity="warning", markup=False)

    def _make_main(self) -> MainScreen:
        listing, start, grouping, split = self._listing, "", Grouping.TIME, Split()
        if self._place is not None:
            from reader.ui.parts.place import grouping_at, listing_at, split_at  # a first start goes without it

            grouping, split = grouping_at(self._place), split_at(self._place)
            if listing == Listing():
                listing, start = listing_at(self._place), self._place.story
        if self._config.start_view and self._listing == Listing() and (first := self._start_view()) is not None:
            listing, start = first, start if first == listing else ""
        screen = MainScreen(
            self._library,
            shown_place(self._library),
            listing,
            self._now,
            zone=self._zone,
            watch=self._watches,
            outlets=self._config.outlets,
            marks=self._marks,
            mark_read=self._config.mark_read if self._marks is not None else "never",
            mark_read_seconds=self._config.mark_read_seconds,
            start=start,
            grouping=grouping,
            split=split,
            views=self._config.views,
            views_file=self._views,
            side_bar=self._place is not None and self._place.side_bar,
            queries=self._queries,
        )
        screen.share, screen.images = self._config.share, self._config.images
        screen.image_cache_mb, screen.own_hosts = self._config.image_cache_mb, self._config.own_hosts
        return screen

    def _start_view(self) -> Listing | None:
        """What the start view lists; None where there is no such view, or none that can be listed, which is told."""
        from reader.settings.checks import nearest
        from reader.settings.views import Views
        from reader.ui.parts.view_listing import listing_of

        views, name = Views(self._config.views, self._views), clean(self._config.start_view)
        try:
            if views.named(name) is None:
                views.read()
            view = views.named(name)
            if view is not None:
                return listing_of(view)
            known = nearest(name, (one.name for one in views.all), "known views")
            trouble = str(self._config.mistake("start_view", f"there is no view of this name{known}"))
        except ReaderError as error:
            trouble = str(error)
        self.call_after_refresh(
            self.notify, trouble, title=f"The start view “{name}” is not shown", severity="warning", markup=False
        )
        return None

    def place(self) -> Place | None:
        """Where the person is, or was when the screen was left; None where there was none."""
        from reader.ui.parts.place import place_on

        return place_on(self._main) if self._main is not None else None

    def lost_marks(self) -> list[str]:
        """After the end: what of the marks could not be kept, one a line."""
        return self._main.index_thread.lost if self._main is not None else []

    def let_go(self) -> None:
        """Let go of the folder and the index."""
        if self._main is not None:
            self._main.let_go()

    # Keys.

    async def take_in(self, event: events.Event) -> None:
        """As usual; keys that may begin a sequence are held back."""
        if self._sequences is None or not isinstance(event, events.Key):
            await super().take_in(event)
            return
        for key in self._sequences.take(event):
            await self.hand_on(key)

    async def _give_sequence_up(self) -> None:
        for key in self._sequences.let_go() if self._sequences else ():
            await self.hand_on(key)

    def _show_typed(self, keys: str) -> None:
        if self._main is not None:
            self._main.query_one(KeyBar).show_typed(keys)

    def queries(self) -> Sequence[str]:
        """What was searched for on the screen, the last one last."""
        return self._main.searched.new if self._main is not None else ()

    # The world outside.

    def copy_to_clipboard(self, text: str) -> None:
        """Copy a text; it may be pasted into a shell, so it passes the gate."""
        super().copy_to_clipboard(clean_block(text))

    def on_story_actions_open_requested(self, message: MainScreen.OpenRequested) -> None:
        """Open a link in the browser."""
        self.open_link(message.url, is_seen=message.is_seen)

    def on_story_actions_copy_requested(self, message: MainScreen.CopyRequested) -> None:
        """Copy a text."""
        self.copy(message.text, message.what)

    def open_link(self, url: str, *, is_seen: bool = False) -> None:
        """Open a link; where nothing can, put it on the clipboard and say so.

        Args:
            url: the link.
            is_seen: whether the person has seen all of it. A link that raises doubts is shown first, and asked for.
        """
        if not url:
            self.notify("There is no link that can be opened.", severity="warning", markup=False)
            return
        if not is_seen and is_web(url) and not is_plain(url):
            self._ask_before(url)
            return
        from reader.outside import browser

        try:
            opening = browser.how_to_open(url, self._config.browser, self.environment)
        except BrowserError as error:
            self._not_opened(url, error)
            return
        if opening.needs_terminal:
            self._run_on_terminal(opening, url)
        else:
            self._start(opening, url)

    @work(group=DIALOG)
    async def _ask_before(self, url: str) -> None:
        from reader.stories.doubts import doubts
        from reader.ui.dialogs.links import LinksDialog

        chosen: str | None = url
        if doubts(url, self._config.own_hosts):
            chosen = await self.push_screen_wait(LinksDialog([("leads to", url)], title="Open this link?"))
        if chosen is not None:
            self.open_link(url, is_seen=True)

    @work(thread=True, group="browser")
    def _start(self, opening: Opening, url: str) -> None:
        from reader.outside import browser

        self.call_from_thread(self.notify, url, title=f"Opening with {opening.name}", markup=False)
        try:
            browser.start(opening)
        except BrowserError as error:
            self.call_from_thread(self._not_opened, url, error)

    def _run_on_terminal(self, opening: Opening, url: str) -> None:
        from reader.outside import browser
        from reader.outside.programs import RunError
        from reader.ui.parts.terminal import on_terminal

        try:
            on_terminal(self, lambda: browser.run(opening))
        except (BrowserError, RunError) as error:
            self._not_opened(url, error)

    def _not_opened(self, url: str, error: ReaderError) -> None:
        self.copy_to_clipboard(url)
        self.notify(f"{url}\n{error}", title="Not opened; the link is copied", severity="warning", markup=False)

    # Actions.

    def action_command_palette(self) -> None:
        """Choose among all commands."""
        if not isinstance(self.screen, CommandPalette):
            self.push_screen(Palette(id="--command-palette"))

    def action_help(self, topic: str = "keys") -> None:
        """Show all keys, those of the pane with the focus first, or another page of the help."""
        from reader.ui.dialogs.help import HelpDialog, areas_of

        self.push_screen(HelpDialog(key_table(self.keymap_in_force), areas_of(self.screen), topic))

    def action_toggle_light(self) -> None:
        """Light or dark."""
        self.theme = themes.DARK.name if not self.current_theme.dark else themes.LIGHT.name


def _filters(terminal: str) -> list[LineFilter]:
    """What this program adds for a terminal, by its name."""
    if terminal != "linux":
        return []
    from reader.ui.look.plain_signs import PlainSigns  # other terminals start without it

    return [PlainSigns()]


def shown_place(library: Library) -> str:
    """A library's folder as a person writes it: the home folder is `~`, and the sample has no place."""
    if library.is_sample:
        return "sample"
    folder = library.root
    try:
        folder = folder.resolve()
        return clean(str(Path("~") / folder.relative_to(Path.home())))
    except (OSError, RuntimeError, ValueError):
        return clean(str(folder))
