"""Getting images from servers that mean no good. The server runs in the test."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from reader.outside.images.errors import ImageError
from reader.outside.images.fetch import fetch
from web import Web, png

get = partial(fetch, own_hosts=["127.0.0.1", "localhost"])
"""As `fetch`, from the server of the test."""


def test_an_image_is_fetched_and_little_is_told(web: Web) -> None:
    data = png(3, 2)
    url = web.serve("/a.png?b=c", data, Set_Cookie="id=1")
    assert get(url + "#part") == data
    assert get(url) == data
    assert set(web.headers) == {"Host", "User-Agent", "Accept", "Connection", "Accept-Encoding"}
    assert web.headers["User-Agent"].startswith("story-reader/")


def test_redirects_are_followed_on_the_web(web: Web) -> None:
    data = png(3, 2)
    web.serve("/a.png", data)
    assert get(web.redirect("/r1", "/a.png")) == data
    assert get(web.redirect("/r2", f"{web.url}/r1", 301)) == data


def test_redirects_lead_nowhere_else(web: Web, tmp_path: Path) -> None:
    secret = tmp_path / "secret.png"
    secret.write_bytes(png(1, 1))
    for number, to in enumerate([secret.as_uri(), "ftp://127.0.0.1/a", "data:image/png;base64,AAAA", "http://", "x:y"]):
        with pytest.raises(ImageError):
            get(web.redirect(f"/to{number}", to))
    with pytest.raises(ImageError, match="the server says 302"):
        get(web.redirect("/round", "/round"))
    assert len(web.asked) < 20


@pytest.mark.parametrize("url", ["file:///etc/passwd", "ftp://a/b", "data:image/png,x", "/a", "", "http://", "-x"])
def test_nothing_but_the_web_is_fetched(url: str) -> None:
    with pytest.raises(ImageError, match="only http and https"):
        get(url)


def test_what_is_too_large_is_refused(web: Web) -> None:
    with pytest.raises(ImageError, match="larger than 1 MB"):
        get(web.pour("/endless", b"x" * 60_000, 0), most_bytes=1_000_000)
    url = web.serve("/says", b"x", Content_Length="99999999999999999999999")
    with pytest.raises(ImageError, match="larger than"):
        get(url)


@pytest.mark.parametrize("kind", ["text/html", "", "application/octet-stream", "video/mp4"])
def test_what_is_no_image_is_refused(web: Web, kind: str) -> None:
    with pytest.raises(ImageError, match="no image"):
        get(web.serve("/a.png", png(1, 1), kind))


def test_what_a_server_says_is_told_safely(web: Web) -> None:
    with pytest.raises(ImageError, match="the server says 404"):
        get(f"{web.url}/gone")
    with pytest.raises(ImageError, match="the server says 500"):
        get(web.serve("/broken", b"", code=500))
    with pytest.raises(ImageError) as caught:
        get(web.say("/odd", b"HTTP/1.1 503 \x1b[31mno\r\n\r\n"))
    assert "\x1b" not in str(caught.value)
    for number, (answer, words) in enumerate(
        [
            (b"\0\1\2 noise", "the server sends what is no answer"),
            (b"", "the connection broke"),
            (
                b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 99\r\n\r\nx",
                "the server sent less than it said",
            ),
            (b"HTTP/1.1 200 OK\r\n" + b"a: b\r\n" * 200 + b"\r\n", "the server sends what is no answer"),
            (b"HTTP/1.1 200 OK\r\na: " + b"b" * 70_000, "the server sends what is no answer"),
        ]
    ):
        with pytest.raises(ImageError, match=f"^{words}$"):
            get(web.say(f"/noise{number}", answer))
    with pytest.raises(ImageError, match=r"^the server makes no secure connection$"):
        get(web.url.replace("http:", "https:"))


def test_a_server_that_is_silent_or_away_is_told(web: Web) -> None:
    with pytest.raises(ImageError, match="timed out"):
        get(web.pour("/silent", b"", 60, head=False), timeout=0.3)
    with pytest.raises(ImageError, match="refused"):
        get("http://127.0.0.1:1/a")


def test_odd_addresses_are_sent_in_ascii(web: Web) -> None:
    data = png(1, 1)
    web.serve("/%C3%BC%20x?q=%C3%9F", data)
    assert get(f"{web.url}/ü%20x?q=ß") == data
    for url in (f"http://{'ü' * 80}.test/", "http://user:pass@127.0.0.1:1/", "http://127.0.0.1:99999999/"):
        with pytest.raises(ImageError):
            get(url)
