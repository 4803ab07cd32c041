"""Having the garbage collector look for cycles less often."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

SELDOM = (100_000, 20, 20)
"""Objects more than before after which cycles are looked for among the youngest; see `gc.set_threshold`."""


@contextmanager
def seldom_collecting() -> Iterator[None]:
    """For what makes many small objects, and few cycles among them: looking for cycles would take as long again."""
    before = gc.get_threshold()
    gc.set_threshold(*SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
