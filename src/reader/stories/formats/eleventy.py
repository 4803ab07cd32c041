"""Pages of Eleventy (https://www.11ty.dev/docs/dates/).

The date may be in the name of the file or of a folder. `Last Modified` stands for the time of the file; a date that
only git knows (`git Created`) is not known here. Tags that only collect all posts are no topics.
"""

from __future__ import annotations

from datetime import UTC, datetime

from reader.stories.formats.given import Given, PassedOverError, Retold, dated_name, headline_of, once, people, picture
from reader.stories.model import Value

MODIFIED = "last modified"
WORDS = frozenset({MODIFIED, "created", "git created", "git last modified"})
"""The words that `date` may have instead of a date, in lower case."""

_COLLECTIONS = frozenset({"post", "posts", "blog", "all", "page", "pages"})


def retell(given: Given) -> Retold:
    """Retell a page in keys that `fields` knows.

    Raises:
        PassedOverError: Eleventy does not list it.
    """
    if given.is_true("draft"):
        raise PassedOverError("a draft")
    if given.is_true("eleventyExcludeFromCollections") or given.is_false("permalink"):
        raise PassedOverError("a page that is in no list of its site")
    said = given.text("date")
    date = said if said.lower() not in WORDS else ""
    date = date or day_in_path(given) or (_modified(given) if said.lower() == MODIFIED else "")
    tags = given.get("tags")
    found = [tag for tag in (tags if isinstance(tags, list) else [tags]) if isinstance(tag, str)]
    topics = [tag for tag in found if tag.strip().lower() not in _COLLECTIONS]
    dated = dated_name(given.path.stem)
    changes: dict[str, Value] = {
        "title": given.text("title") or (headline_of(dated.rest) if dated else ""),
        "publishedDateTime": date,
        "topics": once(topics),
        "authors": people(given.get("authors", "author")),
        "images": picture(given.get("images", "image", "cover")),
    }
    return given.retold(changes, without=["tags", "author", *(["date"] if date or said.lower() in WORDS else [])])


def says_words(given: Given) -> bool:
    """Whether a page has one of the words for its date."""
    return given.text("date").lower() in WORDS


def day_in_path(given: Given) -> str:
    """The day in the name of the file, or else of the nearest folder that has one; empty where none has."""
    for name in (given.path.stem, *given.folders[:4]):
        if dated := dated_name(name):
            return dated.day
    return ""


def _modified(given: Given) -> str:
    try:
        seconds = given.path.stat().st_mtime
        return datetime.fromtimestamp(int(seconds), UTC).isoformat()
    except (OSError, ValueError, OverflowError):
        return ""
