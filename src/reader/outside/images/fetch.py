"""Fetching an image from the web: only over http and https, up to a size, and nothing but an image."""

from __future__ import annotations

import http.client
import ssl
from collections.abc import Iterable
from email.message import Message
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPRedirectHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from reader import __version__
from reader.base.text import clean
from reader.outside.addresses import AddressError, Guard
from reader.outside.images.errors import ImageError
from reader.stories.limits import IMAGE_BYTES
from reader.stories.networks import ALLOWED_BY
from reader.stories.urls import is_web

_SAFE = "/%:@!$&'()*+,;=-._~?[]"


class _WebRedirects(HTTPRedirectHandler):
    """Follows up to five redirects, and only to web addresses."""

    max_redirections = 5

    def redirect_request(  # noqa: PLR0917 — urllib's own
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> Request | None:
        """The request for the address to which a redirect leads."""
        if not is_web(newurl):
            raise ImageError("it leads on to something that is no web address")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def fetch(url: str, *, own_hosts: Iterable[str] = (), most_bytes: int = IMAGE_BYTES, timeout: float = 10) -> bytes:
    """Fetch an image's bytes. No cookies are sent or kept, and nothing about the person is sent.

    Args:
        url: a web address.
        own_hosts: hosts of this machine or of the person's own network from which it may be fetched.
        most_bytes: how large it may be.
        timeout: seconds that a single answer of the server may take. How long it takes in all is for the caller to
            watch, who can end the process.

    Raises:
        ImageError: it cannot be fetched.
    """
    if not is_web(url):
        raise ImageError("only http and https addresses are fetched")
    opener = OpenerDirector()  # bare: the usual one would open files and ftp as well
    for handler in (
        ProxyHandler(), *Guard(own_hosts).handlers(), HTTPDefaultErrorHandler(), HTTPErrorProcessor(), _WebRedirects(),
        UnknownHandler(),
    ):  # fmt: skip
        opener.add_handler(handler)
    opener.addheaders = []
    try:
        request = Request(_in_ascii(url), headers={"User-Agent": f"story-reader/{__version__}", "Accept": "image/*"})  # noqa: S310 — checked above
        with opener.open(request, timeout=timeout) as answer:
            _check_head(answer.headers, most_bytes)
            data: bytes = answer.read(most_bytes + 1)
            missing = answer.length
    except AddressError as error:
        raise ImageError(f"it is not fetched: {error}; {ALLOWED_BY}") from error
    except HTTPError as error:
        error.close()
        raise ImageError(f"the server says {error.code} {clean(str(error.reason))}".strip()) from error
    except URLError as error:
        raise ImageError(_in_words(error.reason)) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise ImageError(_in_words(error)) from error
    if len(data) > most_bytes:
        raise ImageError(f"larger than {most_bytes / 1e6:,.0f} MB")
    if missing:
        raise ImageError("the server sent less than it said")
    return data


def _in_words(error: BaseException | str) -> str:
    """Why an image could not be fetched, in words for a person."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"the server's certificate is not trusted: {clean(error.verify_message)}"
    if isinstance(error, ssl.SSLError):
        return "the server makes no secure connection"
    if isinstance(error, TimeoutError):
        return "timed out"
    if isinstance(error, OSError):
        return clean(error.strerror or "the connection broke")
    if isinstance(error, http.client.HTTPException):
        return "the server sends what is no answer"
    return "its address cannot be asked for" if isinstance(error, ValueError) else clean(str(error))


def _check_head(headers: Message, most_bytes: int) -> None:
    kind = headers.get_content_type()
    if headers.get("Content-Type") is None or not kind.startswith("image/"):
        raise ImageError("the server sends something that is no image")
    length = headers.get("Content-Length", "")
    if length.isdecimal() and int(length[:20]) > most_bytes:
        raise ImageError(f"larger than {most_bytes / 1e6:,.0f} MB")


def _in_ascii(url: str) -> str:
    """A web address as it is sent: in ASCII, with other letters escaped, and without its fragment."""
    parts = urlsplit(url)
    host = parts.netloc if parts.netloc.isascii() else parts.netloc.encode("idna").decode("ascii")
    return urlunsplit((parts.scheme, host, quote(parts.path, safe=_SAFE), quote(parts.query, safe=_SAFE), ""))
