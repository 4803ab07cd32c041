"""From HTML to Markdown that a person can read as it is; or to plain text, where it cannot be converted."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag
from bs4.exceptions import ParserRejectedMarkup
from markdownify import ATX, MarkdownConverter

from reader.base.text import clean, clean_block
from reader.stories.limits import HTML_CHARACTERS, HTML_DEPTH, HTML_TAGS
from reader.stories.urls import is_web

_SILENT = frozenset({"head", "noscript", "object", "script", "style", "svg", "template", "textarea", "select", "form"})
"""Elements whose content is not for reading."""

_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"}
)
_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "br", "dd", "div", "dl", "dt", "figcaption", "figure",
        "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
        "section", "table", "tr", "ul",
    }
)  # fmt: skip
_SPACES_IN_URL = re.compile(r"[ \t\r\n]+")
_DECLARATION = re.compile("<[!?][^<>]*>")
_OPEN_TAG = re.compile("<(?![^<>]*>)")
_BLANK_LINES = re.compile(r"\n{3,}")
_SPECIAL = re.compile(r"[\\`*\[\]<]|(?<![^\W_])_|_(?![^\W_])|~(?=~)|&(?=#?\w+;)")
"""Signs that are markup anywhere in a text; an underscore within a word is not."""
_SPECIAL_FIRST = re.compile(r"^(\s*)(?:([#>+=|:-])|(\d{1,9})([.)])(?=\s|$))", re.MULTILINE)
"""Signs that are markup at the beginning of a line."""


def absolute(url: object, base: str) -> str:
    """A link as an absolute web address; empty where it is none.

    Args:
        url: the link as it is written; it may be relative.
        base: the address to which it is relative.
    """
    if not isinstance(url, str):
        return ""
    url = _SPACES_IN_URL.sub("%20", url.strip())
    if is_web(url):
        return url
    try:
        joined = "" if not url or urlsplit(url).scheme else urljoin(base, url)
    except ValueError:
        return ""
    return joined if is_web(joined) else ""


def as_line(html: str) -> str:
    """HTML as one line of text, safe to show."""
    return clean(_Text.of(html).text)


def as_markdown(html: str, base: str) -> str:
    """HTML as Markdown, safe to show; as plain text where it is too large, too deep, or cannot be converted.

    Args:
        html: any text; nothing in it is trusted, and only links to the web are kept.
        base: the address to which its links are relative.
    """
    if "<" not in html:
        return _tidy(_escaped(unescape(html)))
    text = _Text.of(html)
    if text.depth > HTML_DEPTH or text.tags > HTML_TAGS or len(html) > HTML_CHARACTERS:
        return text.text
    try:
        markdown = _Converter(base).convert(whole_tags(html))
    except (ParserRejectedMarkup, RecursionError, ValueError, TypeError, AttributeError):  # unforeseen markup
        return text.text
    return _tidy(markdown)


def first_image(html: str, base: str) -> str:
    """The address of the first image that a person would see (no counting pixel); empty where there is none."""
    return next((url for one in _Text.of(html).images if (url := absolute(one, base))), "")


def whole_tags(html: str) -> str:
    """HTML without comments and declarations, and with tags that are not closed made text.

    For each tag that has no end, Python's parser looks for that through all the rest: with many, it would take hours.
    """
    pieces, end = [], 0
    while (start := html.find("<!--", end)) >= 0:
        pieces.append(html[end:start])
        end = html.find("-->", start + 4) + 3
        if end < 3:  # a comment without an end hides all the rest, as in a browser
            return _marked("".join(pieces))
    return _marked("".join((*pieces, html[end:])))


def _marked(html: str) -> str:
    return _OPEN_TAG.sub("&lt;", _DECLARATION.sub("", html))


def _tidy(text: str) -> str:
    return _BLANK_LINES.sub("\n\n", clean_block(text)).strip()


def _escaped(text: str) -> str:
    r"""Text as Markdown that shows the very same: `*` becomes `\*`."""
    text = _SPECIAL.sub(r"\\\g<0>", text)
    return _SPECIAL_FIRST.sub(lambda match: f"{match[1]}{match[3] or ''}\\{match[2] or match[4]}", text)


class _Text(HTMLParser):
    """The text of HTML, found without building a tree, so that no nesting is too deep.

    Attributes:
        depth: the most elements that are open at once.
        tags: how many tags there are.
        images: the `src` of each image that a person would see.
    """

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.depth = self.tags = 0
        self.images: list[str] = []
        self._open = 0
        self._silent = 0
        self._pieces: list[str] = []

    @classmethod
    @lru_cache(maxsize=4)  # the same HTML is parsed for its words, for its depth and for its image
    def of(cls, html: str) -> _Text:
        """Parse some HTML."""
        parser = cls()
        parser.feed(whole_tags(html))
        parser.close()
        return parser

    @property
    def text(self) -> str:
        """The text, with a line break for each block, safe to show."""
        lines = (" ".join(line.split()) for line in "".join(self._pieces).split("\n"))
        return _tidy("\n".join(lines))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags += 1
        if tag not in _VOID:
            self._open += 1
            self.depth = max(self.depth, self._open)
            self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self._pieces.append("\n" if tag in ("br", "li", "tr", "dt", "dd") else "\n\n")
        if tag == "img":
            said = dict(attrs)
            if not any((said.get(side) or "").strip(" px") in ("0", "1", "2") for side in ("width", "height")):
                self.images.append(said.get("src") or "")  # smaller ones only count readers

    def handle_endtag(self, tag: str) -> None:
        if tag not in _VOID:
            self._open = max(self._open - 1, 0)
            self._silent = max(self._silent - (tag in _SILENT), 0)
        if tag in _BLOCKS and tag not in ("br", "li", "tr"):
            self._pieces.append("\n\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._pieces.append(data.replace("\n", " "))


class _Converter(MarkdownConverter):
    """Converts HTML to Markdown as this program writes it; it keeps only links to the web."""

    def __init__(self, base: str) -> None:
        super().__init__(heading_style=ATX, table_infer_header=True)
        self._base = base
        self._bullets: dict[int, str] = {}

    def convert(self, html: str) -> str:
        """Convert HTML."""
        soup = BeautifulSoup(html, "html.parser")
        for node in soup.find_all(lambda tag: tag.name in _SILENT):
            node.decompose()
        for listed in soup.find_all("ol"):
            for number, item in enumerate(listed.find_all("li", recursive=False), start=1):
                self._bullets[id(item)] = f"{number}. "
        return str(self.convert_soup(soup))

    def escape(self, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 — the base class's
        """Escape text for Markdown."""
        return _escaped(text)

    def convert_a(self, el: Tag, text: str, parent_tags: set[str]) -> str:
        """A link to the web; of any other link only its text."""
        words = " ".join(text.split())
        if "_noformat" in parent_tags or not words:
            return text
        url = self._link(el.get("href"))
        return f"[{words}]({url})" if url else text

    def convert_img(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 — as above
        """An image; where it has no web address, or is within a line, its alternative text."""
        words = _escaped(clean(str(el.get("alt") or "")))
        url = self._link(el.get("src"))
        if "_inline" in parent_tags or not url:
            return words
        return f"![{words}]({url})"

    def convert_li(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 — as above
        """An item of a list. The base class would count all items before it, for each one anew."""
        bullet = self._bullets.get(id(el), "- ")
        first, *others = text.strip().split("\n")
        lines = [bullet + first, *(" " * len(bullet) + line if line else "" for line in others)]
        return "\n".join(lines) + "\n" if text.strip() else "\n"

    def convert_video(self, el: Tag, text: str, parent_tags: set[str]) -> str:  # noqa: ARG002 — as above
        """A link to the video, the sound or the page that is embedded."""
        source = el if el.get("src") else el.find("source", src=True)
        url = self._link(source.get("src")) if isinstance(source, Tag) else ""
        return f"\n\n[{el.name}]({url})\n\n" if url else text

    convert_audio = convert_iframe = convert_embed = convert_video

    def _link(self, url: Any) -> str:
        """The address of a link as Markdown writes it; empty where it does not lead to the web."""
        found = absolute(url, self._base)
        return f"<{found}>" if "(" in found or ")" in found else found
