"""Finding the text of an article on its page, by trafilatura, where that is installed."""

from __future__ import annotations

import warnings

from reader.base.text import decode
from reader.feeds.entries.markup import as_markdown
from reader.feeds.errors import FeedParseError
from reader.stories.limits import DEFAULT_LIMITS, HTML_CHARACTERS


def text_of_page(data: bytes, url: str) -> str:
    """The text on a page as Markdown, safe to show, with links to the web only; empty where there is none.

    Args:
        data: the page, as it was sent.
        url: its address.

    Raises:
        FeedParseError: trafilatura is not installed.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            import trafilatura
        except ImportError as error:
            raise FeedParseError("trafilatura is not installed") from error
        page = decode(data)[0][: 10 * HTML_CHARACTERS]
        found = trafilatura.extract(
            page, url=url, output_format="html", include_links=True, include_images=False, include_comments=False,
            with_metadata=False, deduplicate=False,
        )  # fmt: skip
    return as_markdown(found, url)[: DEFAULT_LIMITS.text] if found else ""
