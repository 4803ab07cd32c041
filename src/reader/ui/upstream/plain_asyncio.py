"""asyncio without TLS, which the screen has no use for.

Textual is made of asyncio, and that (CPython 3.11 to 3.14) imports `ssl` wherever there is one, and with it OpenSSL:
some 5 ms before the first picture. To asyncio the module is optional, as Python can be built without it. What fetches
pages and images uses `ssl` by itself, and not through asyncio. No upstream issue is known.
"""

from __future__ import annotations

import sys
from typing import Any

_NAME = "ssl"


def import_asyncio() -> None:
    """Import asyncio as in a Python without `ssl`; afterwards others can import that.

    To be called before anything imports asyncio; where that is loaded already, nothing is done. From then on asyncio
    opens no TLS connections in this process.
    """
    if "asyncio" in sys.modules or _NAME in sys.modules:
        return
    loaded: dict[str, Any] = sys.modules
    loaded[_NAME] = None  # so an import of it fails: https://docs.python.org/3/reference/import.html#the-module-cache
    try:
        import asyncio  # noqa: F401 — it stays in the cache
    finally:
        del loaded[_NAME]
