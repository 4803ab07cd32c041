"""The article under the cursor of the coverage tree, shown in the story's place."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from reader.ui.widgets.coverage.coverage_tree import CoverageTree
from reader.ui.widgets.story.story_pane import StoryPane

if TYPE_CHECKING:
    from reader.coverage.model import Coverage
    from reader.stories.model import Image, Story


class ShownArticle:
    """Shows what the cursor of the tree is on, from what is in memory: the coverage, and the story's file.

    Args:
        story_pane: the story pane.
        tree: the coverage.
        keymap: keys that differ from the program's own, by the ids of bindings.
    """

    def __init__(self, story_pane: StoryPane, tree: CoverageTree, keymap: Mapping[str, str]) -> None:
        self._story_pane = story_pane
        self._tree = tree
        self._keymap = keymap
        self._coverage: Coverage | None = None
        self._file: Story | None = None
        self._images: dict[str, tuple[Image, ...]] | None = None
        self._is_wanted = False
        """Whether an article is to be shown once the coverage is there."""
        self.is_shown = False

    def come(self, coverage: Coverage | None) -> None:
        """The coverage of the story that is shown has come into the tree."""
        self._coverage = coverage
        if self._is_wanted:
            self.show(is_there=True)

    def take(self, file: Story | None) -> None:
        """The story's file was read: it knows the pictures of what it names."""
        self._file, self._images = file, None
        if self.is_shown:
            self.show(is_there=True)

    def show(self, *, is_there: bool) -> None:
        """Show the article under the cursor; the story where that is itself.

        Args:
            is_there: whether the tree shows the coverage of the story that is shown; else it is waited for.
        """
        from reader.ui.widgets.story.article_page import article_page

        self._is_wanted = True
        article = self._tree.selected if is_there else None
        if article is None or (self._coverage is not None and article.key == self._coverage.focus.key):
            self._story_pane.show_article(None)
            self.is_shown = False
        else:
            self._story_pane.show_article(article_page(article, self._images_of(article.key), self._keymap))
            self.is_shown = True

    def leave(self) -> None:
        """Show the story again."""
        self._is_wanted = self.is_shown = False
        self._story_pane.show_article(None)

    def _images_of(self, key: str) -> tuple[Image, ...]:
        if self._images is None:
            related = self._file.related if self._file is not None else ()
            self._images = {article.key: article.images for article in related if article.images}
        return self._images.get(key, ())
