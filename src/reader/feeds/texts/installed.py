"""Whether full texts can be fetched: what finds the text on a page is an extra of this package."""

from __future__ import annotations

from importlib.util import find_spec

HOW_TO_GET_IT = "the full text needs an extra: pip install 'story-reader[fulltext]'"


def is_installed() -> bool:
    """Whether the extra that finds the text on a page is installed."""
    return find_spec("trafilatura") is not None
