"""The one-line bars: the header and the topics at the top, the keys at the bottom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.style import Style
from textual import events
from textual.binding import Binding
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input

from reader.library.index.rows import TopicCount
from reader.ui.keys.bindings import FOCUSED, NO_KEY, key_of, key_sign
from reader.ui.keys.footer import FIRST, in_order
from reader.ui.look.cells import cut, line
from reader.ui.widgets.line_list import LineList
from reader.ui.widgets.story.story_pane import StoryPane

Part = tuple[str, Style]
_SPOT = "reader_spot"


class Bar(Widget):
    """A line with parts at its left and at its right; parts can be clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--dim"}
    """The looks of its parts. A subclass names those that it has besides: each is worked out when the bar is styled."""

    DEFAULT_CSS = """
    Bar {
        height: 1;
        & > .bar--name { text-style: bold; color: $primary; }
        & > .bar--dim { color: $reader-dim; }
        & > .bar--key { color: $accent; text-style: bold; }
        & > .bar--on { background: $primary; color: $background; text-style: bold; }
        & > .bar--alarm { color: $error; text-style: bold; }
    }
    """

    def look(self, name: str) -> Style:
        """The style of a part: dim, or another of the bar's own, of name, key, on and alarm."""
        return self.get_component_rich_style(f"bar--{name}", partial=True)

    def spot(self, name: str, action: str) -> Style:
        """The style of a part that does something when it is clicked."""
        return self.look(name) + Style(meta={_SPOT: action}) if name else Style(meta={_SPOT: action})

    def parts(self, width: int) -> tuple[list[Part], list[Part]]:
        """The parts at the left and at the right of a line of `width` cells. Subclasses say them."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Draw the bar."""
        width, ground = self.size.width, self.rich_style
        if y:
            return Strip.blank(width, ground)
        left, right = self.parts(width)
        gap = width - _cells(left) - _cells(right)
        return line([*left, (" " * gap, Style.null()), *right] if gap > 0 else left, width, ground)

    async def on_click(self, event: events.Click) -> None:
        """Run the action of the part that was clicked."""
        action = event.style.meta.get(_SPOT)
        if isinstance(action, str):
            event.stop()
            await self.run_action(action)


_LEAST_FOLDER = 12
"""The cells that the library's folder has at least: for them the last counts are left out."""


class HeaderBar(Bar):
    """The program, the library, and how much there is; or what is being done."""

    class Content(NamedTuple):
        """What the header says.

        Attributes:
            folder: the library's folder.
            hint: what else to say of the library; empty for nothing.
            counts: how much there is, with ` · ` between the facts.
            work: what is being done, likewise; it takes the place of the counts. Empty when at rest.
            unread: how many files could not be read.
            alarms: what else is wrong just now.
        """

        folder: str = ""
        hint: str = ""
        counts: str = ""
        work: str = ""
        unread: int = 0
        alarms: tuple[str, ...] = ()

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--name", "bar--alarm"}

    DEFAULT_CSS = """
    HeaderBar { background: $panel; }
    """

    def __init__(self) -> None:
        super().__init__(id="header")
        self._content = self.Content()

    @property
    def content(self) -> Content:
        """What the header says."""
        return self._content

    def show(self, content: Content) -> None:
        """Say something else."""
        if content != self._content:
            self._content = content
            self.refresh()

    def parts(self, width: int) -> tuple[list[Part], list[Part]]:
        """Program and folder at the left, counts at the right. Where room is short, the last counts go first."""
        content, dim = self._content, self.look("dim")
        name: Part = (" reader ", self.look("name"))
        room = width - _cells([name]) - 2
        hint = f" · {content.hint}" if content.hint else ""
        right = self._right(room - min(cell_len(content.folder), _LEAST_FOLDER))
        if hint and cell_len(content.folder + hint) + _cells(right) > room:
            # How to open one's own folder is worth more than the counts of a sample.
            right = self._right(room - cell_len(content.folder + hint))
        room -= _cells(right)
        folder = cut(content.folder, room) if room >= 6 else ""
        return [
            name,
            (f" {folder}" if folder else "", Style.null()),
            (cut(hint, room - cell_len(folder)), dim),
        ], right

    def _right(self, room: int) -> list[Part]:
        """What is wrong, and as many counts, or words of the work, as have room."""
        alarms = self._alarms()
        before: list[Part] = [*alarms[:-1], (" · ", self.look("dim"))] if alarms else []
        facts = (self._content.work or self._content.counts).split(" · ")
        for count in range(len(facts), 0, -1):
            right: list[Part] = [*before, (f"{' · '.join(facts[:count])} ", Style.null())]
            if _cells(right) <= room:
                return right
        return alarms

    def _alarms(self) -> list[Part]:
        alarms = [(alarm, self.look("alarm")) for alarm in self._content.alarms]
        if self._content.unread:
            alarms.append((f"! {self._content.unread} not read", self.spot("alarm", "screen.problems")))
        parts: list[Part] = []
        for alarm in alarms:
            parts += [alarm, (" · ", self.look("dim"))]
        return [*parts[:-1], (" ", Style.null())] if parts else []


_MORE = 4
"""Cells in which the topic bar says how many more topics there are."""

_LEAST_TOPIC = 6
"""Cells of a chosen topic's name that are worth showing."""

_KEYS = 9
"""Topics that have a key."""


def topics_with_room(
    topics: Sequence[TopicCount], chosen: frozenset[str], room: int
) -> dict[int, tuple[str, str, str]]:
    """The topics for which there is room: key, name and count by the number of the topic, from 1.

    Args:
        topics: all of them; the first nine have a key.
        chosen: the topics that are switched on. They get room before all others; the last may have its name cut.
        room: the cells for the topics and for the number of those left out.
    """
    shown: dict[int, tuple[str, str, str]] = {}
    for number, topic in sorted(enumerate(topics, start=1), key=lambda one: one[1].name not in chosen):
        on = topic.name in chosen
        if number > _KEYS and not on:
            break
        key, count = f" {number} " if number <= _KEYS else " ", f"{topic.stories} "
        left = room - cell_len(f"{key} {count}") - _MORE * (len(shown) + 1 < len(topics))
        if left < (min(cell_len(topic.name), _LEAST_TOPIC) if on else cell_len(topic.name)):
            break
        shown[number] = (key, f"{cut(topic.name, left)} ", count)
        room -= cell_len("".join(shown[number]))
    return shown


class TopicBar(Bar):
    """The topics with their numbers and counts; at the right what is listed, and in which order."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--key", "bar--on"}

    def __init__(self) -> None:
        super().__init__(id="topics")
        self._topics: Sequence[TopicCount] = ()
        self._chosen: frozenset[str] = frozenset()
        self._tail: tuple[str, ...] = ("", "")

    def show(self, topics: Sequence[TopicCount], chosen: frozenset[str], tail: tuple[str, ...]) -> None:
        """Show topics, and what is listed.

        Args:
            topics: all topics.
            chosen: those by which the list is narrowed.
            tail: what is listed, in several wordings, each shorter than the one before, as made by `describe`.
        """
        state = (list(topics), chosen, tail)
        if state != (list(self._topics), self._chosen, self._tail):
            self._topics, self._chosen, self._tail = topics, chosen, tail
            self.refresh()

    def parts(self, width: int) -> tuple[list[Part], list[Part]]:
        """As many topics as there is room for, in their order; the chosen ones before all others have room."""
        dim = self.look("dim")
        *longer, short = self._tail
        tail = next((one for one in longer if cell_len(one) <= width // 2), longer[-1]) if width >= 70 else short
        right: list[Part] = [(f"{cut(tail, width // 2)} ", dim)]
        left: list[Part] = [(" topics ", dim)] if width >= 70 else []
        room = width - _cells(right) - _cells(left) - 2
        shown = topics_with_room(self._topics, self._chosen, room)
        for number, parts in sorted(shown.items()):
            look = "on" if self._topics[number - 1].name in self._chosen else ""
            action = f"screen.topic({number})"
            left += [
                (text, self.spot(look or other, action)) for text, other in zip(parts, ("key", "", "dim"), strict=True)
            ]
        left_out = len(self._topics) - len(shown)
        if left_out and _cells([(text, dim) for parts in shown.values() for text in parts]) + _MORE <= room:
            left.append((f" +{left_out}", self.spot("dim", "screen.topics")))
        return left, right


class KeyBar(Bar):
    """The keys that are in force where the focus is, the most useful first, as many as there is room for."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {"bar--key", "bar--on"}

    DEFAULT_CSS = """
    KeyBar { background: $panel; }
    """

    def __init__(self, *, is_first: bool = False, keymap: Mapping[str, str] = MappingProxyType({})) -> None:
        super().__init__(id="keys")
        self._typed = ""
        self._keymap = keymap
        self.is_first = is_first
        """Whether this is the person's first start, and no key has been pressed yet."""

    def end_first(self) -> None:
        """A key was pressed: show the usual keys instead of those for a first start."""
        if self.is_first:
            self.is_first = False
            self.refresh()

    def _first_parts(self) -> list[Part]:
        parts: list[Part] = []
        for name, does in FIRST:
            parts += [(f" {key_of(name, self._keymap)} ", self.look("key")), (f"{does}  ", Style.null())]
        return parts

    def on_mount(self) -> None:
        """Follow the focus."""
        self.screen.bindings_updated_signal.subscribe(self, lambda _: self.refresh())

    def show_typed(self, keys: str) -> None:
        """Show the beginning of a sequence that was typed, and what may follow it.

        Args:
            keys: Textual's names of the keys, with spaces between them; empty to show the usual keys again.
        """
        self._typed = keys
        self.refresh()

    def _parts_after(self, width: int) -> list[Part]:
        """The keys that were typed of a sequence, and those that may follow."""
        left: list[Part] = [(f" {key_sign(self._typed)} … ", self.look("on")), (" ", Style.null())]
        for key, active in self.screen.active_bindings.items():
            if active.enabled and key.startswith(f"{self._typed} "):
                rest = key_sign(key.removeprefix(self._typed))
                part = [(f" {rest} ", self.look("key")), (f"{active.binding.description} ", self.look("dim"))]
                if _cells(left) + _cells(part) > width:
                    break
                left += part
        return left

    def parts(self, width: int) -> tuple[list[Part], list[Part]]:
        """The keys from the left; help and the way out at the right."""
        if self._typed:
            return self._parts_after(width), []
        if self.is_first:
            return self._first_parts(), []
        active_bindings = self.screen.active_bindings.items()
        shown = [
            active.binding
            for key, active in active_bindings
            if active.binding.show and active.enabled and key != NO_KEY
        ]
        focused = self.screen.focused
        pane = "query" if isinstance(focused, Input) else focused.id or "" if focused is not None else ""
        by_id = {binding.id: binding for binding in reversed(shown)}
        ends = [by_id.pop(name) for name in ("app.help", "app.quit") if name in by_id and pane != "query"]
        last = [part for binding in ends for part in self._part(binding)]
        left: list[Part] = []
        for sign, does in focused.typing_keys if isinstance(focused, LineList) else ():
            left += [(f" {sign} ", self.look("key")), (f"{does} ", self.look("dim"))]
        is_empty = isinstance(focused, LineList | StoryPane) and focused.is_empty
        for binding in in_order(by_id.values(), pane, is_empty=is_empty):
            part = self._part(binding)
            if _cells(left) + _cells(part) + _cells(last) > width:
                break
            left += part
        return left, last

    def _part(self, binding: Binding) -> list[Part]:
        action = binding.action if binding.action.startswith(("app.", "screen.")) else self._full(binding)
        return [
            (f" {key_sign(binding.key)} ", self.spot("key", action)),
            (f"{self._label(binding)} ", self.spot("dim", action)),
        ]

    def _label(self, binding: Binding) -> str:
        """The label of a key; the pane says it where it depends on the line under the cursor."""
        pane = self.screen.focused
        label = pane.label_of(binding.id or "") if isinstance(pane, LineList) else ""
        return label or binding.description

    @staticmethod
    def _full(binding: Binding) -> str:
        area = (binding.id or "").partition(".")[0]
        if binding.id in FOCUSED:
            return f"focused.{binding.action}"
        return f"app.{binding.action}" if area == "app" else f"screen.{binding.action}"


def _cells(parts: Sequence[Part]) -> int:
    return sum(cell_len(text) for text, _ in parts)
