"""OPML, the format in which feed readers exchange subscriptions (http://opml.org/spec2.opml).

A document is kept as a tree, so that all that other programs wrote into it (attributes, elements, comments, name
spaces) is still there when it is written. Entities are refused, and so is nesting deeper than any person's folders.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement, TreeBuilder
from xml.parsers import expat

from reader.base.text import clean
from reader.feeds.errors import SubscriptionsError
from reader.feeds.model import Feed, feed_key, public_url
from reader.stories.limits import OPML_BYTES, OPML_DEPTH
from reader.stories.urls import is_web

_LABEL_ENDS = re.compile("[,/]")
"""The separators of labels in the attribute `category`, which no label can contain."""


class Outline(NamedTuple):
    """An outline that is a feed.

    Attributes:
        element: the element of the outline.
        parent: the element around it.
        feed: the feed.
    """

    element: Element
    parent: Element
    feed: Feed


class Opml:
    """A document.

    Args:
        root: its `opml` element.
    """

    def __init__(self, root: Element) -> None:
        self._root = root
        self._folders: dict[tuple[str, ...], Element] = {}

    @classmethod
    def empty(cls, title: str) -> Opml:
        """A document without a feed."""
        root = Element("opml", {"version": "2.0"})
        SubElement(SubElement(root, "head"), "title").text = title
        SubElement(root, "body")
        return cls(root)

    @classmethod
    def parse(cls, data: bytes) -> Opml:
        """Parse a document.

        Raises:
            SubscriptionsError: it is no OPML, or past a limit; the message says on which line.
        """
        if len(data) > OPML_BYTES:
            raise SubscriptionsError(f"larger than {OPML_BYTES / 1e6:,.0f} MB")
        root = _Reading().parse(data)
        if root.tag.lower() != "opml" or _child(root, "body") is None:
            raise SubscriptionsError(f"this is no OPML, but <{clean(root.tag)[:40]}>")
        return cls(root)

    def data(self) -> bytes:
        """The document as the contents of a file."""
        ElementTree.indent(self._root)
        text = ElementTree.tostring(self._root, encoding="unicode")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode("utf-8", "replace")

    def outlines(self) -> list[Outline]:
        """The outlines that are feeds with a web address, in order. A feed that comes twice has the topics of both."""
        return [outline for outline in self._found() if is_web(outline.feed.url)]

    def odd(self) -> list[str]:
        """The addresses of the other outlines, which are not on the web."""
        return [outline.feed.url for outline in self._found() if not is_web(outline.feed.url)]

    def add(self, feed: Feed) -> None:
        """Add a feed, at the end of the folder of its first topic, with the other topics as its labels."""
        odd = [topic for topic in feed.topics if _LABEL_ENDS.search(topic)]
        folders = odd or list(feed.topics[:1])
        labels = [topic for topic in feed.topics if topic not in odd]
        element = SubElement(self._folder(folders), "outline", {"type": "rss"})
        name = feed.name or public_url(feed.url)
        values = {"text": name, "title": name, "xmlUrl": feed.url, "htmlUrl": feed.site, "category": ",".join(labels)}
        for attribute, value in values.items():
            if value:
                element.set(attribute, value)

    def remove(self, key: str) -> None:
        """Remove a feed from all its places. Folders stay, and so do outlines within its own."""
        for outline in reversed(self.outlines()):  # inner ones first
            if outline.feed.key == key:
                place = list(outline.parent).index(outline.element)
                outline.parent[place : place + 1] = list(outline.element)

    def move(self, key: str, url: str) -> None:
        """Change the address of a feed."""
        for outline in self.outlines():
            if outline.feed.key == key:
                outline.element.set(_attribute_name(outline.element, "xmlurl"), url)

    def _found(self) -> Iterator[Outline]:
        body = _child(self._root, "body")
        assert body is not None  # noqa: S101 — every way to make one has it
        return _walk(body, ())

    def _folder(self, names: Sequence[str]) -> Element:
        """The folder with a path of names, made where it is missing. It is remembered, as folders are never removed."""
        place = _child(self._root, "body")
        assert place is not None  # noqa: S101 — as above
        path: tuple[str, ...] = ()
        for name in names:
            path = (*path, name)
            if path not in self._folders:
                found = (one for one in place if _is_outline(one) and not _said(one, "xmlurl") and _name(one) == name)
                folder = next(found, None)
                made = SubElement(place, "outline", {"text": name, "title": name}) if folder is None else folder
                self._folders[path] = made
            place = self._folders[path]
        return place


def _walk(place: Element, folders: tuple[str, ...]) -> Iterator[Outline]:
    for element in place:
        if not _is_outline(element):
            continue
        url, name = clean(_said(element, "xmlurl")), _name(element)
        if url:
            topics = dict.fromkeys([*folders, *_labels(element)])
            site = clean(_said(element, "htmlurl"))
            is_named = is_web(url) and name != public_url(url)
            feed = Feed(url, name if is_named else "", tuple(topics), site if is_web(site) else "")
            yield Outline(element, place, feed)
        yield from _walk(element, (*folders, name) if name and not url else folders)


def _is_outline(element: Element) -> bool:
    return isinstance(element.tag, str) and element.tag.lower() == "outline"  # a comment's tag is a function


def _child(element: Element, name: str) -> Element | None:
    return next((one for one in element if isinstance(one.tag, str) and one.tag.lower() == name), None)


def _attribute_name(element: Element, lower: str) -> str:
    """The name of an attribute as the element has it, in any case: some programs write `xmlurl`."""
    return next((name for name in element.attrib if name.lower() == lower), lower)


def _said(element: Element, lower: str) -> str:
    return element.get(_attribute_name(element, lower), "").strip()


def _name(element: Element) -> str:
    return clean(_said(element, "title") or _said(element, "text"))


def _labels(element: Element) -> Iterator[str]:
    """The labels in `category`: `/Boston/Weather,Sun` has three."""
    for label in _LABEL_ENDS.split(_said(element, "category")):
        if label := clean(label):
            yield label


def merged(feeds: Sequence[Feed]) -> tuple[Feed, ...]:
    """Each feed once, in its first place, with the topics of all its places."""
    known: dict[str, Feed] = {}
    for feed in feeds:
        first = known.setdefault(feed_key(feed.url), feed)
        topics = tuple(dict.fromkeys([*first.topics, *feed.topics]))
        known[first.key] = first._replace(topics=topics, name=first.name or feed.name, site=first.site or feed.site)
    return tuple(known.values())


class _Reading:
    """Parses one document. Names keep their prefixes, so that what is not understood is written again as it was."""

    def __init__(self) -> None:
        self._builder = TreeBuilder(insert_comments=True, insert_pis=True)
        self._depth = 0
        self._parser = parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._builder.data
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.EntityDeclHandler = self._refuse

    def parse(self, data: bytes) -> Element:
        try:
            self._parser.Parse(data, True)
            return self._builder.close()
        except expat.ExpatError as error:
            reason = expat.ErrorString(error.code) or "not XML"
            raise SubscriptionsError(f"line {error.lineno}: {reason}") from error
        except (ValueError, LookupError) as error:  # an encoding that does not exist
            raise SubscriptionsError(clean(str(error))[:200]) from error

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth > OPML_DEPTH:
            raise SubscriptionsError(f"line {self._parser.CurrentLineNumber}: nested deeper than {OPML_DEPTH} levels")
        self._builder.start(name, attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self._builder.end(name)

    def _comment(self, text: str) -> None:
        if self._depth:  # comments outside of the root have no place in a tree
            self._builder.comment(text)

    def _instruction(self, target: str, text: str) -> None:
        if self._depth:
            self._builder.pi(target, text)

    def _refuse(self, *_: object) -> None:
        raise SubscriptionsError(f"line {self._parser.CurrentLineNumber}: it declares entities, which is refused")
