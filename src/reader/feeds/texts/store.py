"""Full texts that are kept in the cache, for articles whose file is the person's own and must not be changed."""

from __future__ import annotations

from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from reader.base.paths import cache_folder
from reader.base.private_files import make_folder
from reader.base.whole_files import FOR_OWNER, replace_file
from reader.stories.limits import DEFAULT_LIMITS
from reader.stories.model import Story


def kept_text(key: str) -> str:
    """The full text that is kept of an article, as Markdown; empty where there is none.

    Args:
        key: the key of the article.
    """
    try:
        with _file(key).open("rb") as opened:
            return opened.read(4 * DEFAULT_LIMITS.text).decode("utf-8", "replace")
    except OSError:  # none is kept, or it cannot be read: the story is shown without
        return ""


def with_kept_text(story: Story) -> Story:
    """A story with the full text that is kept of its article, if any, below the body of its file."""
    text = kept_text(story.key)
    return replace(story, body="\n\n".join(filter(None, (story.body, text)))) if text else story


def keep_text(key: str, text: str) -> None:
    """Keep the full text of an article.

    Raises:
        OSError: it cannot be written.
    """
    file = _file(key)
    make_folder(file.parent)
    replace_file(file, text.encode("utf-8", "replace"), FOR_OWNER)


def _file(key: str) -> Path:
    return cache_folder() / "texts" / f"{blake2b(key.encode('utf-8', 'replace'), digest_size=16).hexdigest()}.md"
