"""The app: builds the main screen, puts settings in force, takes in keys, and opens and copies what is asked for.

The command line makes it, with all that it needs, in `cli.screen`; tests make it as well.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.binding import Binding
from textual.command import CommandPalette, Provider
from textual.widgets import Input

from reader.base.errors import ReaderError
from reader.base.text import clean, clean_block
from reader.library.index.listing import Listing
from reader.library.library import Library
from reader.settings.config import Config
from reader.ui.keys.bindings import APP, key_table, quit_keys
from reader.ui.look import themes
from reader.ui.main_screen import MainScreen
from reader.ui.parts.assembly import Foundation
from reader.ui.signals import listen
from reader.ui.start import start_at, start_view
from reader.ui.upstream import toasts
from reader.ui.upstream.app import SteadyApp
from reader.ui.upstream.terminal.stuck_screen import Ending
from reader.ui.widgets.bars import KeyBar

if TYPE_CHECKING:
    from textual.filter import LineFilter

    from reader.settings.place import Place
    from reader.ui.keys.sequences import KeySequences
    from reader.ui.messages import CopyRequested, OpenRequested


def _commands() -> type[Provider]:
    """The commands of the palette, imported when it is opened: the start needs none of them."""
    from reader.ui.palette import ReaderCommands

    return ReaderCommands


class ReaderApp(SteadyApp):
    """The program on the screen.

    Args:
        library: what is read.
        config: the settings.
        now: the clock.
        zone: the time zone of what is shown; None for the system's.
        listing: what is listed at first.
        watch: whether the folder is watched for changes.
        environment: the environment's variables.
        marks: the file of the marks; None where marks cannot be kept.
        place: where the person was; it says what is listed, unless `listing` or the start view does.
        theme: the theme that was chosen on the screen; empty for the one of the settings.
        views: the file of saved views; None where views cannot be saved.
        queries: what was searched for before, the last one last.
        is_first: whether it is the person's first start.
        keep_place: writes down where the person is. It is called when the program was told to end and cannot do so yet;
            any thread may call it.

    Raises:
        ConfigError: a key or a theme of the settings is not valid.
    """

    TITLE = "reader"
    CSS_PATH = "reader.tcss"
    BINDINGS: ClassVar[list[Binding]] = [*APP]  # type: ignore[assignment]
    COMMANDS = {_commands}
    ENABLE_COMMAND_PALETTE = True
    NOTIFICATION_TIMEOUT = 3.0
    SEQUENCE_SECONDS: ClassVar[float] = 1.0
    """Seconds for which the next key of a sequence is waited for."""

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
        is_first: bool = False,
        keep_place: Callable[[ReaderApp], None] = lambda _: None,
    ) -> None:
        super().__init__()
        self._keep_place = keep_place
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
        self._is_first = is_first
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
        """Put the keys and themes of the settings in force. Where there are none, none of this is imported."""
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
        """The theme's variables, and those that our style sheets need of every theme."""
        variables = super().get_css_variables()
        return themes.complete(variables) if variables else {}

    def get_line_filters(self) -> Sequence[LineFilter]:
        """The filters that each line passes through before it is drawn."""
        return [*super().get_line_filters(), *self._more_filters]

    def get_default_screen(self) -> MainScreen:
        """The main screen, as the first one: so no empty screen is made, styled and drawn before the stories."""
        self._main = self._make_main()
        return self._main

    def on_mount(self) -> None:
        """Listen to signals, hold keys back until the screen is there, and warn of a theme that does not exist."""
        listen(self, Ending(self._keep, self._close_main, self._is_closing), quit_keys(self.keymap_in_force))
        self.await_screen(self.screen)
        if self.theme != self._asked_theme:
            from reader.ui.look.user_themes import no_theme

            warning = no_theme(self._config, self._asked_theme, self.available_themes)
            self.notify(warning, severity="warning", markup=False)

    def _make_main(self) -> MainScreen:
        start = start_at(self._place, self._listing)
        if self._config.start_view and self._listing == Listing():
            try:
                start = start.showing(start_view(self._config, self._views))
            except ReaderError as error:
                title = f"The start view “{clean(self._config.start_view)}” is not shown"
                self.call_after_refresh(self.notify, str(error), title=title, severity="warning", markup=False)
        return MainScreen(
            Foundation(
                library=self._library,
                folder_name=shown_folder(self._library),
                config=self._config,
                now=self._now,
                zone=self._zone,
                watch=self._watches,
                marks=self._marks,
                views=self._views,
                queries=self._queries,
                keymap=self.keymap_in_force,
                listing=start.listing,
                story=start.story,
                grouping=start.grouping,
                split=start.split,
                side_bar=start.side_bar,
                opened=start.opened,
                density=start.density,
                is_first=self._is_first,
            )
        )

    # The end.

    async def run_async(self, **how: Any) -> Any:
        """As Textual's, but the library is closed even where the end of the screen fails half-way.

        Otherwise a thread that goes on would keep the program from ending, and a mark that waits would be lost.
        """
        try:
            return await super().run_async(**how)
        finally:
            self._close_main()

    def _close_main(self) -> None:
        if self._main is not None:
            self._main.parts.close()

    def _is_closing(self) -> bool:
        return self._main is not None and self._main.parts.is_closing

    def _keep(self) -> None:
        """Write what can be written now, as the end may be long in coming. Any thread may call it."""
        if self._main is not None:
            self._main.parts.questions.thread.write_pending_soon()
            self._keep_place(self)

    def place(self) -> Place | None:
        """Where the person is, or was when the screen was closed; None where there was no screen."""
        from reader.ui.parts.listed.place import place_on

        return place_on(self._main.parts) if self._main is not None else None

    def lost_marks(self) -> list[str]:
        """For after the end: the marks that could not be written, one a line."""
        return self._main.parts.questions.thread.lost if self._main is not None else []

    def queries(self) -> Sequence[str]:
        """The queries that were typed on this screen, the last one last."""
        return self._main.parts.searched.new if self._main is not None else ()

    # Keys.

    async def take_in(self, event: events.Event) -> None:
        """As usual, but keys that may begin a sequence are held back. A key also takes away the messages before it."""
        if self._main is not None and isinstance(event, events.Key):
            self._main.key_bar.end_first()
            toasts.take_away_read(self)
        if self._sequences is None or not isinstance(event, events.Key):
            await super().take_in(event)
            return
        for key in self._sequences.take(event):
            await self.hand_on(key)

    def unsettled(self) -> object:
        """The listing that was asked for and is not shown yet: a key after `/police` and Enter is meant for that list.

        Letters that are typed into a line do not wait for a list.
        """
        if self._main is None or self.screen is not self._main or isinstance(self.focused, Input):
            return None
        listed = self._main.parts.listed
        return listed.listing if listed.answer.listing != listed.listing else None

    async def _give_sequence_up(self) -> None:
        keys = self._sequences.let_go() if self._sequences else []
        for key in keys if self.screen_stack else ():  # there is no screen any more where the program ends meanwhile
            await self.hand_on(key)

    def _show_typed(self, keys: str) -> None:
        if self._main is not None:
            for bar in self._main.query(KeyBar):  # none where the screen is being closed while a key is waited for
                bar.show_typed(keys)

    # The world outside.

    def copy_to_clipboard(self, text: str) -> None:
        """Have the terminal copy a text. It may be pasted into a shell, so it is made safe first."""
        super().copy_to_clipboard(clean_block(text))

    def on_open_requested(self, message: OpenRequested) -> None:
        """Open a link in the browser."""
        self.open_link(message.url, is_seen=message.is_seen)

    def on_copy_requested(self, message: CopyRequested) -> None:
        """Copy a text."""
        from reader.ui.parts.clipboard import Copying

        Copying(self, self.environment).copy(message.text, message.what)

    def open_link(self, url: str, *, is_seen: bool = False) -> None:
        """Open a link in the browser; `is_seen`: the person has seen its whole address."""
        from reader.ui.links import LinkOpener

        LinkOpener(self, self._config, self.environment).open(url, is_seen=is_seen)

    # Actions.

    def action_command_palette(self) -> None:
        """Choose among all commands."""
        if not isinstance(self.screen, CommandPalette):
            from reader.ui.upstream.palette import SteadyPalette

            self.push_screen(SteadyPalette(id="--command-palette"))

    def action_help(self, topic: str = "keys") -> None:
        """Show all keys, those of the pane with the focus first, or another page of the help."""
        from reader.ui.dialogs.help import HelpDialog, areas_of

        self.push_screen(HelpDialog(key_table(self.keymap_in_force), areas_of(self.screen), topic))

    def action_toggle_light(self) -> None:
        """Light or dark."""
        self.theme = themes.DARK.name if not self.current_theme.dark else themes.LIGHT.name


def _filters(terminal: str) -> list[LineFilter]:
    """The filters that this program adds for a terminal, by the name of that."""
    if terminal != "linux":
        return []
    from reader.ui.look.plain_signs import PlainSigns

    return [PlainSigns()]


def shown_folder(library: Library) -> str:
    """A library's folder as a person writes it: the home folder is `~`, and the sample has none."""
    if library.is_sample:
        return "sample"
    folder = library.root
    try:
        folder = folder.resolve()
        return clean(str(Path("~") / folder.relative_to(Path.home())))
    except (OSError, RuntimeError, ValueError):
        return clean(str(folder))
