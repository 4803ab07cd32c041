"""Images that were fetched, kept on the disk for a while, where only this user may read them.

Several copies of the program may use the folder at once: files appear whole, by a rename, and a file that another copy
has removed is fetched anew.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from reader.base.whole_files import FOR_OWNER, replace_file
from reader.outside.images.errors import ImageError
from reader.stories.limits import IMAGE_SECONDS

if TYPE_CHECKING:
    from PIL.Image import Image

_START = 4.0
"""Seconds that the process gets in addition, to start and to scale the image down on a slow computer."""

_DRAFT_LIVES = 3_600
"""Seconds after which an unfinished file is removed: nobody will finish it."""


class ImageFetching:
    """The fetching of one image. `cancel` may be called at any time, from any thread.

    Args:
        own_hosts: hosts of this machine or of the person's own network from which it may be fetched.
    """

    def __init__(self, own_hosts: Sequence[str] = ()) -> None:
        self._own_hosts = own_hosts
        self._child: subprocess.Popen[bytes] | None = None
        self._is_cancelled = False
        self._lock = threading.Lock()

    def run(self, url: str, seconds: float = IMAGE_SECONDS + _START) -> bytes:
        """Fetch the image, scaled down, by another process.

        Raises:
            ImageError: it cannot be fetched, takes too long, or was cancelled.
        """
        command = [sys.executable, "-P", "-m", "reader.outside.images.child", *self._own_hosts]
        with self._lock:
            if self._is_cancelled:
                raise ImageError("no longer wanted")
            try:
                self._child = subprocess.Popen(  # noqa: S603 — this program itself
                    command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
                )
            except OSError as error:
                raise ImageError(f"it cannot be fetched: {error.strerror}") from error
        with self._child as child:
            try:
                answer, _ = child.communicate(url.encode("utf-8", "replace"), timeout=seconds)
            except subprocess.TimeoutExpired as error:
                child.kill()
                raise ImageError("it took too long") from error
        verdict, _, rest = answer.partition(b"\n")
        if verdict == b"ok":
            return rest
        raise ImageError(rest.decode("utf-8", "replace") if verdict == b"no" else "fetching it failed")

    def cancel(self) -> None:
        """End the fetching, or keep it from beginning."""
        with self._lock:
            self._is_cancelled = True
            if self._child is not None:
                self._child.kill()


class ImageStore:
    """Gives images, and keeps them.

    Args:
        folder: the folder for them; it is made when it is needed.
        most_bytes: how much room they may take; 0 to keep none.
    """

    def __init__(self, folder: Path, most_bytes: int) -> None:
        self.folder = folder
        self._most = most_bytes

    def get(
        self, url: str, box: tuple[int, int], fetching: ImageFetching, ground: tuple[int, int, int] = (0, 0, 0)
    ) -> Image:
        """Give an image, from the disk or from the web. It takes time, so do not call it in the screen's thread.

        Args:
            url: its address.
            box: the most pixels of its width and its height.
            fetching: fetches it, where it is not kept.
            ground: the colour behind transparent parts (red, green, blue).

        Raises:
            ImageError: it cannot be fetched.
        """
        try:
            from reader.outside.images.decode import opened
        except ImportError as error:
            raise ImageError("Pillow is not installed") from error
        data = self.kept(url)
        if data is not None:
            with suppress(ImageError):  # a damaged copy is fetched anew
                return opened(data, *box, ground)
        data = fetching.run(url)
        self.keep(url, data)
        return opened(data, *box, ground)

    def kept(self, url: str) -> bytes | None:
        """The data of an image that is kept; None where it is not."""
        file = self._file(url)
        try:
            data = file.read_bytes()
            os.utime(file)  # it was used now: those used before it are removed first
        except OSError:
            return None
        return data

    def keep(self, url: str, data: bytes) -> None:
        """Keep an image, and remove those that were used longest ago. Where the disk cannot be written, keep none."""
        with suppress(OSError):
            if len(data) <= self._most:
                self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                replace_file(self._file(url), data, FOR_OWNER)
            self._make_room()

    def _make_room(self) -> None:
        files, room = [], self._most
        for file in self.folder.iterdir():
            with suppress(OSError):  # another copy of the program was first
                status = file.lstat()
                if file.suffix != ".part":
                    files.append((status.st_mtime, status.st_size, file))
                elif time.time() - status.st_mtime > _DRAFT_LIVES:
                    file.unlink()
        for _, size, file in sorted(files, reverse=True):
            room -= size
            if room < 0:
                with suppress(OSError):
                    file.unlink()

    def _file(self, url: str) -> Path:
        return self.folder / f"{sha256(url.encode('utf-8', 'replace')).hexdigest()}.image"
