"""An article of a coverage as the story pane shows it: all that the files of the library say of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from reader.base.wording import as_title
from reader.library.index.rows import StoryText
from reader.ui.keys.bindings import key_of

if TYPE_CHECKING:
    from reader.coverage.model import CoverageArticle
    from reader.stories.model import Image

_NO_STORY = -1
"""Stands for the id in a `StoryText` of an article that is no story of this library."""


class ArticlePage(NamedTuple):
    """What the story pane shows of an article.

    Attributes:
        text: its headline, outlet, time, excerpt and link.
        standing: whether it is a story of this library or on the web only, and which key leads to it.
        images: its images, as far as the story's file names them.
        why: the reason why it is in the coverage, in words; empty where there is nothing to say.
    """

    text: StoryText
    standing: str
    images: tuple[Image, ...] = ()
    why: str = ""


def article_page(article: CoverageArticle, images: tuple[Image, ...], keymap: Mapping[str, str]) -> ArticlePage:
    """The page of an article.

    Args:
        article: the article.
        images: its images.
        keymap: keys that differ from the program's own, by the ids of bindings.
    """
    key = key_of("coverage.choose", keymap)
    if article.is_local:
        standing, way = "⌂ in your library", f"{key} goes to it"
    elif article.url:
        standing, way = "↗ on the web only", f"{key} opens it in the browser"
    else:
        standing, way = "only named by your files, without a link", ""
    text = StoryText(
        id=_NO_STORY if article.story is None else article.story,
        title=article.title,
        provider=article.provider or article.outlet,
        published=article.published,
        topics=(),
        quality=article.quality,
        type=article.type,
        excerpt=article.excerpt,
        body="",
        url=article.url,
    )
    return ArticlePage(text, f"{standing} · {way}" if way else standing, images, as_title(article.why))
