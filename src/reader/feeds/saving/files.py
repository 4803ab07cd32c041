"""Where stories lie that were saved one by one: `saved/OUTLET/DATE-HEADLINE.md` in the library."""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC
from pathlib import Path

from reader.base.text import clean
from reader.base.whole_files import FOR_ALL, add_file, free_name, name_for
from reader.feeds.arrivals.arrivals import WriteError
from reader.feeds.arrivals.stories import Telling, story_text, title_of
from reader.feeds.model import Entry

NAME = "saved"


def save_story(library: Path, entry: Entry, telling: Telling) -> Path:
    """Write the file of an article that is none yet.

    Args:
        library: the library's folder.
        entry: what is known of the article; it has passed the gates.
        telling: and what is said beside it.

    Returns:
        The file, relative to the library.

    Raises:
        WriteError: it cannot be written.
    """
    folder = Path(NAME, name_for(telling.outlet.name or telling.outlet.domain, "page", ""))
    stem = f"{telling.published.astimezone(UTC):%Y-%m-%d}-{name_for(title_of(entry), 'untitled', '')}"
    data = story_text(entry, telling)
    try:
        (library / folder).mkdir(parents=True, exist_ok=True)
        while True:
            path = folder / free_name(library / folder, f"{stem}.md")
            with suppress(FileExistsError):  # another program was first
                add_file(library / path, data, FOR_ALL)
                return path
    except OSError as error:
        place = clean(os.fsdecode(error.filename or library / folder))
        raise WriteError(f"{place}: not written, {error.strerror}") from error
