"""A web server of the test's own, on this computer, that answers as badly as it is told to."""

from __future__ import annotations

import io
import struct
import threading
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Web:
    """The server.

    Attributes:
        url: its address, without a last slash.
        answers: what it does, by path.
        asked: the paths that were asked for.
        headers: the headers of the last request.
        closing: set when the test ends.
    """

    url: str
    answers: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    closing: threading.Event = field(default_factory=threading.Event)

    def serve(self, path: str, data: bytes, kind: str = "image/png", code: int = 200, **headers: str) -> str:
        """Have something answered; gives its address."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(code)
            own = {name.replace("_", "-"): value for name, value in headers.items()}
            for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **own}.items():
                if value:
                    handler.send_header(name, value)
            handler.end_headers()
            handler.wfile.write(data)

        self.answers[path] = answer
        return self.url + path

    def say(self, path: str, data: bytes) -> str:
        """Have a path answered by bytes that need not be HTTP; gives its address."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.wfile.write(data)

        self.answers[path] = answer
        return self.url + path

    def redirect(self, path: str, to: str, code: int = 302) -> str:
        """Have a path lead on to something; gives its address."""
        return self.serve(path, b"", "text/plain", code, Location=to)

    def pour(self, path: str, portion: bytes, pause: float, *, head: bool = True) -> str:
        """Have a path answered without an end; gives its address."""

        def answer(handler: BaseHTTPRequestHandler) -> None:
            if head:
                handler.send_response(200)
                handler.send_header("Content-Type", "image/png")
                handler.end_headers()
            while not self.closing.wait(pause):
                handler.wfile.write(portion)

        self.answers[path] = answer
        return self.url + path


@contextmanager
def serving() -> Iterator[Web]:
    """Run a server for a while."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            web.asked.append(self.path)
            web.headers = dict(self.headers)
            try:
                web.answers.get(self.path, _not_found)(self)
            except OSError:  # whoever asked has gone: often just what is tested
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the base class's name
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    web = Web(f"http://127.0.0.1:{server.server_port}")
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield web
    finally:
        web.closing.set()
        server.shutdown()
        thread.join()
        server.server_close()


def _not_found(handler: BaseHTTPRequestHandler) -> None:
    handler.send_error(404)


def png(width: int, height: int, *, claimed: tuple[int, int] | None = None) -> bytes:
    """A grey PNG, made without Pillow; `claimed` is the size that it says it has."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    rows = zlib.compress(b"".join(b"\0" + bytes([120]) * width for _ in range(height)))
    out = io.BytesIO()
    out.write(b"\x89PNG\r\n\x1a\n")
    out.write(chunk(b"IHDR", struct.pack(">IIBBBBB", *(claimed or (width, height)), 8, 0, 0, 0, 0)))
    out.write(chunk(b"IDAT", rows))
    out.write(chunk(b"IEND", b""))
    return out.getvalue()
