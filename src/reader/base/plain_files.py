"""Reading a small file of the person's own, which may turn out to be something else than a file."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path


def read_plain(file: Path, most: int) -> bytes:
    """The bytes of a regular file. It never waits, as on a FIFO of that name.

    Args:
        file: the file.
        most: the most bytes that it may have.

    Raises:
        OSError: it cannot be read, is no regular file or is too large; `strerror` says which.
    """
    descriptor = os.open(file, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
    with os.fdopen(descriptor, "rb") as stream:
        mode = os.fstat(descriptor).st_mode
        if not stat.S_ISREG(mode):
            code = errno.EISDIR if stat.S_ISDIR(mode) else errno.EINVAL
            raise OSError(code, os.strerror(code) if code == errno.EISDIR else "not a regular file", str(file))
        data = stream.read(most + 1)
    if len(data) > most:
        raise OSError(errno.EFBIG, f"larger than {most:,} bytes", str(file))
    return data
