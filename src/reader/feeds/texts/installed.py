"""Whether whole texts can be had: what finds them is an extra of this package."""

from __future__ import annotations

from importlib.util import find_spec

HOW_TO_GET_IT = "the full text needs an extra: pip install 'story-reader[fulltext]'"


def is_installed() -> bool:
    """Whether there is what finds the text of a page."""
    return find_spec("trafilatura") is not None
