"""Reading an export of any known tool, which is recognised by its contents."""

from __future__ import annotations

from pathlib import Path

from reader.base.text import clean, decode
from reader.feeds.saving import miniflux, omnivore, tables, wallabag
from reader.feeds.saving.exported import Export, ExportError, load_json, read_bytes
from reader.stories.limits import IMPORT_ARTICLES

KNOWN = "Miniflux, Wallabag and Omnivore (JSON), Pocket and Raindrop (CSV)"
"""The known exports, for a person."""


_STORIES_BEGIN = ("---\n", "---\r", "+++\n", "+++\r")
"""The beginnings of front matter, with which no table begins."""


def read_export(path: Path) -> Export:
    """Read an export.

    Args:
        path: the file; of Omnivore, the folder with several files as well.

    Raises:
        ExportError: it is no known export, cannot be read, or has too many articles.
    """
    export = _of_folder(path) if path.is_dir() else _of_file(path)
    if len(export.articles) > IMPORT_ARTICLES:
        raise ExportError(f"{clean(str(path))}: more than {IMPORT_ARTICLES:,} articles")
    return export


def has_export(folder: Path) -> bool:
    """Whether a folder is an export, and not a folder of stories."""
    return next(folder.glob(omnivore.FILES), None) is not None


def _of_folder(folder: Path) -> Export:
    files = [_of_file(file) for file in sorted(folder.glob(omnivore.FILES))]
    if not files:
        raise ExportError(f"{clean(str(folder))}: no export that is known: {KNOWN}")
    return Export(files[0].tool, [one for file in files for one in file.articles])


def _of_file(path: Path) -> Export:
    data = read_bytes(path)
    if data.startswith(b"PK\x03\x04"):
        raise ExportError(f"{clean(str(path))}: packed; unpack it, and name the folder")
    text = decode(data)[0]
    begins = text.lstrip("\ufeff \t\r\n")
    if begins.startswith(_STORIES_BEGIN):
        reason = "this is a story file and no export: put it into the folder of the library"
        raise ExportError(f"{clean(str(path))}: {reason}")
    if begins[:1] not in ("{", "["):
        return tables.read(text, path)
    value = load_json(data, path)
    if (entries := miniflux.entries_of(value)) is not None:
        return miniflux.read(entries, path)
    if (entries := wallabag.entries_of(value)) is not None:
        return wallabag.read(entries)
    if (entries := omnivore.entries_of(value)) is not None:
        return omnivore.read(entries, path)
    raise ExportError(f"{clean(str(path))}: no export that is known: {KNOWN}")
