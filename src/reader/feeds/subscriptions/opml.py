"""OPML, the format by which readers of feeds hand their subscriptions on (http://opml.org/spec2.opml).

A document stays a tree, so that what other programs wrote into it (attributes, elements, comments, name spaces) is
there again when it is written. Entities are refused, and so is what is nested deeper than any person nests folders.
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
"""What parts the labels of the attribute `category`: these cannot stand in one."""


class Outline(NamedTuple):
    """An outline that is a feed.

    Attributes:
        element: the element.
        parent: the element that it stands in.
        feed: what it says.
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
        """Read a document.

        Raises:
            SubscriptionsError: it is no OPML, or past a limit; the text says on which line.
        """
        if len(data) > OPML_BYTES:
            raise SubscriptionsError(f"larger than {OPML_BYTES / 1e6:,.0f} MB")
        root = _Reading().parse(data)
        if root.tag.lower() != "opml" or _child(root, "body") is None:
            raise SubscriptionsError(f"this is no OPML, but <{clean(root.tag)[:40]}>")
        return cls(root)

    def data(self) -> bytes:
        """The document as a file holds it."""
        ElementTree.indent(self._root)
        text = ElementTree.tostring(self._root, encoding="unicode")
        return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode("utf-8", "replace")

    def outlines(self) -> list[Outline]:
        """The outlines that are feeds and have a web address, in order; topics are those of each one's own place."""
        return [outline for outline in self._found() if is_web(outline.feed.url)]

    def odd(self) -> list[str]:
        """What stands in the place of an address in outlines that are no feeds from the web."""
        return [outline.feed.url for outline in self._found() if not is_web(outline.feed.url)]

    def add(self, feed: Feed) -> None:
        """Put a feed last: in the folder of its first topic, with the others as its labels."""
        odd = [topic for topic in feed.topics if _LABEL_ENDS.search(topic)]
        folders = odd or list(feed.topics[:1])
        labels = [topic for topic in feed.topics if topic not in odd]
        element = SubElement(self._folder(folders), "outline", {"type": "rss"})
        name = feed.name or public_url(feed.url)
        told = {"text": name, "title": name, "xmlUrl": feed.url, "htmlUrl": feed.site, "category": ",".join(labels)}
        for attribute, value in told.items():
            if value:
                element.set(attribute, value)

    def remove(self, key: str) -> None:
        """Take a feed away wherever it stands; folders stay, and so does what stands within its own outline."""
        for outline in reversed(self.outlines()):  # what is within comes first
            if outline.feed.key == key:
                place = list(outline.parent).index(outline.element)
                outline.parent[place : place + 1] = list(outline.element)

    def move(self, key: str, url: str) -> None:
        """Give a feed another address."""
        for outline in self.outlines():
            if outline.feed.key == key:
                outline.element.set(_attribute_name(outline.element, "xmlurl"), url)

    def _found(self) -> Iterator[Outline]:
        body = _child(self._root, "body")
        assert body is not None  # noqa: S101 — every way to make one has it
        return _walk(body, ())

    def _folder(self, names: Sequence[str]) -> Element:
        """The folder of a path of names; what is missing of it is made. It is looked for once: no folder goes away."""
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
    """An attribute's name as this document writes it: some programs write `xmlurl`."""
    return next((name for name in element.attrib if name.lower() == lower), lower)


def _said(element: Element, lower: str) -> str:
    return element.get(_attribute_name(element, lower), "").strip()


def _name(element: Element) -> str:
    return clean(_said(element, "title") or _said(element, "text"))


def _labels(element: Element) -> Iterator[str]:
    """The labels of `category`: `/Boston/Weather,Sun` are three."""
    for label in _LABEL_ENDS.split(_said(element, "category")):
        if label := clean(label):
            yield label


def merged(feeds: Sequence[Feed]) -> tuple[Feed, ...]:
    """Each feed once, where it stands first, with the topics of all its places."""
    known: dict[str, Feed] = {}
    for feed in feeds:
        first = known.setdefault(feed_key(feed.url), feed)
        topics = tuple(dict.fromkeys([*first.topics, *feed.topics]))
        known[first.key] = first._replace(topics=topics, name=first.name or feed.name, site=first.site or feed.site)
    return tuple(known.values())


class _Reading:
    """One document being read. Names keep their prefixes: what is not understood is written as it was."""

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
        except (ValueError, LookupError) as error:  # an encoding that is none
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
        if self._depth:  # those around the root have no place in a tree
            self._builder.comment(text)

    def _instruction(self, target: str, text: str) -> None:
        if self._depth:
            self._builder.pi(target, text)

    def _refuse(self, *_: object) -> None:
        raise SubscriptionsError(f"line {self._parser.CurrentLineNumber}: it declares entities, which is refused")
