"""The dialog in which topics are chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import Binding
from textual.content import Content
from textual.widgets import Input, OptionList

from reader.base.wording import fold
from reader.library.index.rows import TopicCount
from reader.ui.dialogs.choice import ChoiceDialog
from reader.ui.keys.bindings import PICKER


class TopicPicker(ChoiceDialog[frozenset[str]]):
    """All topics with their counts. Enter switches one and closes; Tab switches one and stays, to choose several."""

    BINDINGS: ClassVar[list[Binding]] = [replace(binding, priority=True) for binding in PICKER]
    TITLE_TEXT = "Topics"
    PLACEHOLDER = "type to narrow"
    HELP_TEXT = "Enter choose · {picker.switch} choose several · {dialog.close} close"
    EMPTY_TEXT = "No topic has these letters."

    def __init__(self, topics: Sequence[TopicCount], chosen: frozenset[str]) -> None:
        super().__init__()
        self._topics = topics
        self._chosen = chosen
        self._at_first = chosen

    def choices(self, typed: str) -> list[tuple[str, Content]]:
        """The topics with these letters, those that begin with them first."""
        folded = fold(typed.strip())
        matching = [(number, topic) for number, topic in enumerate(self._topics, start=1) if folded in fold(topic.name)]
        matching.sort(key=lambda pair: not fold(pair[1].name).startswith(folded))
        return [(topic.name, self._shown(number, topic)) for number, topic in matching]

    def _shown(self, number: int, topic: TopicCount) -> Content:
        key = str(number) if number <= 9 else " "
        sign = "✓" if topic.name in self._chosen else " "
        return Content.from_markup(
            "[$accent]$sign[/] [$accent]$key[/]  $name  [$reader-dim]$count[/]",
            sign=sign, key=key, name=topic.name, count=str(topic.stories),
        )  # fmt: skip

    def choose(self, name: str) -> None:
        """Close with this topic switched; where some were switched by Tab before, with those alone."""
        self.dismiss(self._chosen if self._chosen != self._at_first else self._chosen ^ {name})

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        """A click switches its topic and closes, also where others were switched before."""
        event.stop()
        event.prevent_default()
        self.dismiss(self._chosen ^ {event.option.id or ""})

    def action_switch(self) -> None:
        """Switch the topic under the cursor, and stay."""
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            name = options.get_option_at_index(options.highlighted).id
            self._chosen = self._chosen ^ {name or ""}
            self.list_choices(self.query_one(Input).value)

    def left_with(self) -> frozenset[str]:
        """The topics as they were switched: closing keeps them."""
        return self._chosen
