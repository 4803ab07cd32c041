"""The process that fetches one image. Apart from the screen, it can be ended at any moment, and takes it no time.

It reads an address from its standard input. It writes a line `ok` and the image, scaled down, or a line `no` and the
reason. Its arguments are the hosts of the person's own network that it may reach.
"""

from __future__ import annotations

import sys
from contextlib import suppress

from reader.outside.images.errors import ImageError
from reader.outside.images.fetch import fetch
from reader.stories.limits import IMAGE_MEMORY


def main() -> None:
    """Fetch the image."""
    _limit_memory()
    url = sys.stdin.buffer.read().decode("utf-8", "replace")
    out = sys.stdout.buffer
    try:
        data = fetch(url, own_hosts=sys.argv[1:])
        from reader.outside.images.decode import reduced

        out.write(b"ok\n" + reduced(data))
    except ImageError as error:
        out.write(b"no\n" + str(error).encode("utf-8", "replace"))
    except ImportError:
        out.write(b"no\n" + b"Pillow is not installed")


def _limit_memory() -> None:
    with suppress(ImportError, OSError, ValueError):  # not every platform has such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (IMAGE_MEMORY, IMAGE_MEMORY))


if __name__ == "__main__":
    main()
