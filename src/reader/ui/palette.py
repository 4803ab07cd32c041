"""The commands of the palette: each key's action, and each order, grouping, view, topic, page of help and theme."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.types import IgnoreReturnCallbackType

from reader.base.wording import plural
from reader.coverage.ways import Grouping
from reader.library.query.query import Sort
from reader.ui.keys.bindings import APP, MAIN, NO_KEY, key_sign
from reader.ui.main_screen import MainScreen


class ReaderCommands(Provider):
    """Gives the palette the program's commands."""

    def _commands(self) -> Iterator[tuple[str, str, IgnoreReturnCallbackType]]:
        """Each command: its name, a word of help, and what it calls."""
        run = self.app.run_action
        keys = {active.binding.id: key for key, active in reversed(self.screen.active_bindings.items())}
        for binding in [*MAIN, *APP]:
            if not (binding.id or "").startswith("list.topic_") and binding.id != "app.palette":
                name = f"{binding.tooltip}"
                yield (
                    name,
                    f"key {key_sign(key)}" if (key := keys.get(binding.id, NO_KEY)) != NO_KEY else "no key",
                    partial(run, binding.action, self.screen),
                )
        for sort in Sort:
            yield f"Sort: {sort}", "stories", partial(run, f"sort({sort.value!r})", self.screen)
        for grouping in Grouping:
            yield (
                f"Coverage by {grouping}",
                "coverage",
                partial(run, f"grouping({grouping.value!r})", self.screen),
            )
        if isinstance(self.screen, MainScreen):
            for view in self.screen.parts.views.all:
                yield f"View: {view.name}", view.query or "all stories", partial(self.screen.parts.views.take, view)
            for counted in self.screen.answer.topics:
                yield (
                    f"Topic: {counted.name}",
                    plural(counted.stories, "story", "stories"),
                    partial(self.screen.parts.listed.switch_topic, counted.name),
                )
        from reader.data.help import TOPICS

        for topic, about in TOPICS.items():
            yield f"Help: {topic}", about, partial(run, f"help({topic!r})", self.app)
        for theme in self.app.available_themes:
            yield f"Theme: {theme}", "colours", partial(setattr, self.app, "theme", theme)

    async def startup(self) -> None:
        """Read the views that were saved meanwhile."""
        if isinstance(self.screen, MainScreen):
            await self.screen.parts.views.look()

    async def discover(self) -> Hits:
        """All commands, before anything is typed."""
        for name, about, callback in self._commands():
            yield DiscoveryHit(name, callback, help=about)

    async def search(self, query: str) -> Hits:
        """The commands that match what is typed."""
        matcher = self.matcher(query)
        for name, about, callback in self._commands():
            if (score := matcher.match(name)) > 0:
                yield Hit(score, matcher.highlight(name), callback, help=about)
