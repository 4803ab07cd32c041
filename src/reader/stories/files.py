"""From a file to a story: reading its bytes, decoding them, and parsing them, in pieces where that is quicker."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from reader.base.text import decode, for_yaml, join_surrogates, may_be_unreadable
from reader.stories import frontmatter
from reader.stories.conversion import Conversion
from reader.stories.errors import Flaw, PassedOverStoryError, StoryError
from reader.stories.fields import Mapped, fold_key
from reader.stories.formats.given import Given, NoStoryError, PassedOverError
from reader.stories.formats.table import recognise
from reader.stories.frontmatter import FrontMatter, FrontMatterError, Notation
from reader.stories.limits import DEFAULT_LIMITS, MEGABYTE, Limits
from reader.stories.model import Article, Story, Value
from reader.stories.sections import EntryMemory, completes_head, cut, head_of, read_entries, sealed_alone

_WHOLE_YAML = frozenset({".yaml", ".yml"})
_MARKDOWN = frozenset({".md", ".markdown"})
_ODD_ENCODINGS = {
    "Windows-1252": "not UTF-8; read as Windows-1252",
    "damaged UTF-8": "not all of it is UTF-8; the faults are shown as �",
}


class _Source(NamedTuple):
    """Where a text comes from.

    Attributes:
        path: the path of the file, as the story is to have it.
        place: the absolute path, where what lies around the file counts.
        limits: bounds on what is taken in.
        encoding: how the file was encoded, as `decode` names it.
    """

    path: Path
    place: Path
    limits: Limits
    encoding: str


def read_story(path: Path, limits: Limits = DEFAULT_LIMITS) -> Story | None:
    """Read the story in one file.

    Returns:
        The story; None where the file is no story: it has no front matter, and no known tool wrote it.

    Raises:
        PassedOverStoryError: it looks like a story, but its own tool would not show it, such as a draft.
        StoryError: it cannot be read: permissions, size, not a regular file, broken front matter.
    """
    return parse_story(read_bytes(path, limits), path, limits, place=path.absolute())


def read_bytes(path: Path, limits: Limits = DEFAULT_LIMITS) -> bytes:
    """Read a file's bytes. It never waits on a FIFO, and never reads more than the limit.

    Raises:
        StoryError: it is missing, not a regular file, too large, or may not be read.
    """
    try:
        with open(path, "rb", opener=_open_at_once) as file:
            status = os.fstat(file.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise StoryError(path, 0, "not a regular file")
            data = file.read(limits.file_bytes + 1)
    except OSError as error:
        raise StoryError(path, 0, error.strerror or str(error)) from error
    if len(data) > limits.file_bytes:
        size, most = max(status.st_size, len(data)) / MEGABYTE, limits.file_bytes / MEGABYTE
        raise StoryError(path, 0, f"{size:,.1f} MB is past the limit of {most:,.1f} MB a file (max_file_mb)")
    return data


def read_start(path: Path, size: int) -> bytes:
    """Read at most the first `size` bytes of a file; errors as in `read_bytes`."""
    try:
        descriptor = _open_at_once(os.fspath(path), os.O_RDONLY)
        try:
            if not stat.S_ISREG(os.fstat(descriptor).st_mode):
                raise StoryError(path, 0, "not a regular file")
            return os.read(descriptor, size)
        finally:
            os.close(descriptor)
    except OSError as error:
        raise StoryError(path, 0, error.strerror or str(error)) from error


def _open_at_once(path: str, flags: int) -> int:
    """Open a file without waiting, even if a FIFO has taken its place."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))


def parse_story(
    data: bytes,
    path: Path,
    limits: Limits = DEFAULT_LIMITS,
    memory: EntryMemory | None = None,
    *,
    place: Path | None = None,
) -> Story | None:
    """Parse the bytes of a file; results and errors as in `read_story`.

    The file itself is not opened; but to recognise the tool that wrote it, the folders around it are looked at.

    Args:
        data: the bytes.
        path: the path of the file, as the story is to have it.
        limits: bounds on what is taken in.
        memory: entries of `related:` that were read before; with it, a file is parsed in pieces where that is safe.
        place: the absolute path, where `path` is relative and the folders around the file are to count.
    """
    text, encoding = decode(data)
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if encoding != "UTF-8" or may_be_unreadable(data):
        text = for_yaml(text)
    source = _Source(path, place or path, limits, encoding)
    is_markdown = path.suffix.lower() in _MARKDOWN
    is_object = is_markdown and frontmatter.begins_with_object(text)
    if not is_object and ("\\ud" in text or "\\uD" in text):
        text = join_surrogates(text)
    try:
        if is_object:
            parts, mapping = frontmatter.load_object(text, limits)
            return _story(parts, mapping, source)
        found = frontmatter.split(text, whole=path.suffix.lower() in _WHOLE_YAML)
        if found is None:
            return _story(FrontMatter("", 1, text, Notation.NONE), {}, source) if is_markdown else None
        story = _in_pieces(found, source, memory) if memory is not None and encoding == "UTF-8" else None
        return story or _story(found, frontmatter.load(found, limits), source)
    except FrontMatterError as error:
        raise StoryError(path, error.line, error.reason) from error


def _story(parts: FrontMatter, mapping: Mapping[str, Value], source: _Source) -> Story | None:
    """The story of a file whose front matter was parsed; None where it is no story."""
    try:
        retold = recognise(Given(source.place, parts.notation, mapping, parts.body))
    except NoStoryError:
        return None
    except PassedOverError as reason:
        raise PassedOverStoryError(source.path, 0, str(reason)) from reason
    parts = parts if retold.body is parts.body else replace(parts, body=retold.body)
    conversion = Conversion(parts, source.limits)
    if source.encoding in _ODD_ENCODINGS:
        conversion.flaws.append(Flaw(0, _ODD_ENCODINGS[source.encoding]))
    return conversion.story(Mapped(retold.data), source.path, format_=retold.format)


def parse_head(data: bytes, path: Path, limits: Limits = DEFAULT_LIMITS) -> Story | None:
    """Parse the first bytes of a file: all that comes before `related:` or `secured:`.

    That is enough for the list, and a fraction of the file. It lacks the keys after those two, and the body.

    Returns:
        The story without its coverage; None where the whole file is needed, as for one of another tool.
    """
    head = head_of(data)
    if head is None:
        return None
    try:
        story = parse_story(head, path, limits)
    except StoryError:
        return None
    return None if story is None or story.format else story


def parse_rest(data: bytes, limits: Limits, memory: EntryMemory) -> tuple[str, tuple[Article, ...]] | None:
    """Parse what `parse_head` left out of a file.

    Returns:
        The body and the related articles; None where the file has more than these, or anything is odd: then the whole
        file has to be parsed.
    """
    text, encoding = decode(data)
    if encoding != "UTF-8" or "\r" in text or "\\u" in text or may_be_unreadable(data):
        return None
    try:
        parts = frontmatter.split(text)
        sections = cut(parts, limits) if parts is not None else None
        if parts is None or sections is None or not completes_head(sections):
            return None
        conversion = Conversion(parts, limits)
        related = read_entries(sections.entries, memory, conversion.entry)
    except ValueError:
        return None
    return (conversion.body(), tuple(related)) if not conversion.flaws else None


def _in_pieces(parts: FrontMatter, source: _Source, memory: EntryMemory) -> Story | None:
    """Parse a front matter by its sections; None where it has to be parsed whole."""
    limits = source.limits
    sections = cut(parts, limits)
    if sections is None:
        return None
    conversion = Conversion(parts, limits)
    try:
        related = read_entries(sections.entries, memory, conversion.entry)
        mapping = frontmatter.load(FrontMatter(sections.head, parts.line, ""), limits)
        sealed = sealed_alone(sections.tail)
        tail = {"secured": sealed} if sealed else frontmatter.load(FrontMatter(sections.tail, 0, ""), limits)
        data = {**mapping, **tail}
        retold = recognise(Given(source.place, parts.notation, data, parts.body))
    except (NoStoryError, PassedOverError):
        return None
    except ValueError:  # an odd entry, or a cut within a value: parse the whole file
        return None
    if not mapping or "related" in map(fold_key, data) or retold.data is not data:
        return None  # no mapping at all, the key comes twice, or it is another tool's file
    return conversion.story(Mapped(data), source.path, tuple(related))
