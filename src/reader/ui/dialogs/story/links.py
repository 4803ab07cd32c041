"""The dialog with all links of a story."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import ClassVar

from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList

from reader.stories.doubts import doubts
from reader.stories.urls import is_web
from reader.ui.dialogs.choice import LISTS, ChoiceDialog
from reader.ui.keys.bindings import again
from reader.ui.messages import CopyRequested


class LinksDialog(ChoiceDialog[str]):
    """The links, numbered; gives back the one to open. Each is shown whole, so that a person sees where it leads.

    Args:
        links: the role and the address of each link.
        title: the title of the dialog.
        own_hosts: hosts of the person's own, to which a link leads without a doubt.
    """

    BINDINGS: ClassVar[list[Binding]] = [
        *(Binding(str(n), f"nth({n})", show=False) for n in range(1, 10)),
        again("story.copy_link", "copy"),
        *LISTS,
    ]
    TITLE_TEXT = "Links"
    HELP_TEXT = "1–9 or Enter open · {story.copy_link} copy · {dialog.close} close"
    EMPTY_TEXT = "This story has no link at all."

    def __init__(
        self, links: Sequence[tuple[str, str]], *, title: str = TITLE_TEXT, own_hosts: Collection[str] = ()
    ) -> None:
        super().__init__()
        self._own_hosts = own_hosts
        self._links = links
        self._title = title

    def on_mount(self) -> None:
        """List the links, under the title of this dialog."""
        super().on_mount()
        self.query_one(Vertical).border_title = Content(self._title)

    def choices(self, typed: str) -> list[tuple[str, Content]]:  # noqa: ARG002 — nothing is typed here
        """Every link with its role."""
        return [(str(number), self._shown(number, *link)) for number, link in enumerate(self._links)]

    def _shown(self, number: int, role: str, url: str) -> Content:
        notes = (
            [f"! {doubt}" for doubt in doubts(url, self._own_hosts)]
            if is_web(url)
            else ["not a web address; not opened"]
        )
        key = str(number + 1) if number < 9 else " "
        return Content.from_markup(
            "[$accent]$key[/]  [$reader-dim]$role[/]\n   $url[$warning]$notes[/]",
            key=key,
            role=role,
            url=url,
            notes="".join(f"\n   {note}" for note in notes),
        )

    def choose(self, name: str) -> None:
        """Give back the link."""
        self.dismiss(self._links[int(name)][1])

    def action_nth(self, number: int) -> None:
        """Give back the nth link."""
        if number <= len(self._links):
            self.choose(str(number - 1))

    def action_copy(self) -> None:
        """Copy the link under the cursor."""
        highlighted = self.query_one(OptionList).highlighted
        if highlighted is not None:
            self.post_message(CopyRequested(self._links[highlighted][1], "Link"))
