"""Asking servers that mean no good, or do their best. They run in the test."""

from __future__ import annotations

import base64
import gzip
import signal
import socket
import threading
import zlib
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler

import brotli
import pytest
from urllib3 import Timeout

from examples import thinned
from reader.feeds.errors import FetchError
from reader.feeds.web import web as module
from reader.feeds.web.web import USER_AGENT
from reader.feeds.web.web import Web as FeedWeb
from reader.stories.limits import FEED_BYTES, FEED_RAW_BYTES
from web import Web


@pytest.fixture
def ours() -> Iterator[FeedWeb]:
    feed_web = FeedWeb()
    yield feed_web
    feed_web.close()


def encoded(web: Web, path: str, body: bytes, encoding: str) -> str:
    return web.serve(path, body, "application/xml", Content_Encoding=encoding)


def test_little_is_told_and_what_was_sent_is_sent_back_unchanged(web: Web, ours: FeedWeb) -> None:
    url = web.serve(
        "/feed", b"<rss/>", "application/rss+xml", ETag='W/"a b"', Last_Modified="yesterday", Set_Cookie="i=1"
    )
    answer = ours.ask(url)
    assert (answer.status, answer.data, answer.url, answer.moved) == (200, b"<rss/>", url, "")
    assert set(web.headers) == {"Host", "User-Agent", "Accept", "Accept-Encoding"}
    assert web.headers["User-Agent"] == USER_AGENT
    ours.ask(url, answer.header("etag"), answer.header("last-modified"))
    assert web.headers["If-None-Match"] == 'W/"a b"'
    assert web.headers["If-Modified-Since"] == "yesterday"
    assert "Cookie" not in web.headers
    assert ours.ask(web.serve("/long", b"", ETag="x" * 3_000)).header("etag") == ""


def test_not_modified_and_refusals_are_answers(web: Web, ours: FeedWeb) -> None:
    for status in (304, 404, 410, 429, 500, 503):
        answer = ours.ask(web.serve(f"/{status}", b"", "", status, Retry_After="7"))
        assert (answer.status, answer.data, answer.header("retry-after")) == (status, b"", "7")


def test_what_is_compressed_is_read(web: Web, ours: FeedWeb) -> None:
    body = b"<rss/>" * 1_000
    assert ours.ask(encoded(web, "/gzip", gzip.compress(body), "gzip")).data == body
    assert ours.ask(encoded(web, "/br", brotli.compress(body), "br")).data == body
    assert ours.ask(encoded(web, "/deflate", zlib.compress(body), "deflate")).data == body
    with pytest.raises(FetchError, match="not compressed as it says"):
        ours.ask(encoded(web, "/wrong", body, "gzip"))


@pytest.mark.parametrize("encoding", thinned(["br", "gzip"], every=2))
def test_a_bomb_is_not_unpacked(web: Web, ours: FeedWeb, encoding: str) -> None:
    bomb = (
        gzip.compress(bytes(20 * FEED_BYTES))
        if encoding == "gzip"
        else brotli.compress(bytes(20 * FEED_BYTES), quality=1)
    )
    assert len(bomb) < 1_000_000
    with pytest.raises(FetchError, match="larger than"):
        ours.ask(encoded(web, "/bomb", bomb, encoding))


def test_what_is_too_large_is_refused(web: Web, ours: FeedWeb) -> None:
    with pytest.raises(FetchError, match="larger than 8 MB"):
        ours.ask(web.pour("/endless", b"x" * 60_000, 0))
    with pytest.raises(FetchError, match="larger than"):
        ours.ask(web.serve("/says", b"x", Content_Length=str(FEED_RAW_BYTES + 1)))


def test_redirects_for_good_are_told_up_to_the_first_that_is_not(web: Web, ours: FeedWeb) -> None:
    feed = web.serve("/feed", b"<rss/>")
    assert ours.ask(web.redirect("/a", "/feed", 301)).moved == feed
    assert ours.ask(web.redirect("/b", "/a", 308)).moved == feed
    assert ours.ask(web.redirect("/c", "/feed", 302)).moved == ""
    answer = ours.ask(web.redirect("/d", "/c", 301))
    assert (answer.moved, answer.url, answer.data) == (f"{web.url}/c", feed, b"<rss/>")
    assert ours.ask(web.redirect("/e", "/a", 307)).moved == ""


def test_redirects_lead_nowhere_else(web: Web, ours: FeedWeb) -> None:
    for number, to in enumerate(["file:///etc/passwd", "ftp://127.0.0.1/a", "javascript:x", "", "http://["]):
        with pytest.raises(FetchError, match="no web address"):
            ours.ask(web.redirect(f"/to{number}", to))
    with pytest.raises(FetchError, match="in a circle"):
        ours.ask(web.redirect("/round", "/round"))
    assert len(web.asked) < 20


@pytest.mark.parametrize("host", ["localhost", "127.0.0.2", "0x7f.1", "[::1]", "10.0.0.1", "router", "nas.local"])
def test_a_redirect_never_reaches_what_is_ones_own(web: Web, ours: FeedWeb, host: str) -> None:
    with pytest.raises(FetchError, match=r"it is not asked: .* is "):
        ours.ask(web.redirect("/in", f"http://{host}:{web.url.rpartition(':')[2]}/secret"))
    assert web.asked == ["/in"]


def test_ones_own_is_reached_where_the_feed_itself_is_there_or_the_person_said_so(web: Web) -> None:
    port = web.url.rpartition(":")[2]
    web.serve("/feed", b"<rss/>")
    web.redirect("/in", f"http://localhost:{port}/feed")
    assert FeedWeb(["localhost"]).ask(f"{web.url}/in").data == b"<rss/>"
    assert FeedWeb().ask(f"http://localhost:{port}/feed").data == b"<rss/>"


def test_a_name_of_the_web_that_leads_here_is_not_followed(
    web: Web, ours: FeedWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(web.url.rpartition(":")[2])
    look_up = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest: look_up("127.0.0.1", *rest))
    with pytest.raises(FetchError, match=r"news\.test is an address of this machine"):
        ours.ask(f"http://news.test:{port}/feed")
    web.serve("/feed", b"<rss/>")
    assert ours.ask(f"{web.url}/feed").data == b"<rss/>"  # a connection of the feed's own is never another's
    with pytest.raises(FetchError, match=r"news\.test is an address of this machine"):
        ours.ask(f"http://news.test:{port}/feed")


def test_a_password_is_handed_to_its_own_host_alone(web: Web) -> None:
    port = web.url.rpartition(":")[2]
    web.serve("/feed", b"<rss/>")
    answer = FeedWeb().ask(f"http://me:s%40crét@127.0.0.1:{port}/feed")
    assert answer.url == f"{web.url}/feed"
    assert web.headers["Authorization"].startswith("Basic ")
    FeedWeb(["localhost"]).ask(f"http://me:secret@127.0.0.1:{port}/feed")
    web.redirect("/away", f"http://localhost:{port}/feed")
    FeedWeb(["localhost"]).ask(f"http://me:secret@127.0.0.1:{port}/away")
    assert "Authorization" not in web.headers


def test_a_password_goes_along_where_its_own_host_leads_on_within_itself(web: Web) -> None:
    web.serve("/feed", b"<rss/>")
    web.redirect("/in", "/feed")
    FeedWeb().ask(f"http://me:secret@127.0.0.1:{web.url.rpartition(':')[2]}/in")
    assert web.asked == ["/in", "/feed"]
    assert web.headers["Authorization"].startswith("Basic ")


def test_a_name_and_a_password_of_a_server_s_own_are_taken_off(web: Web, ours: FeedWeb) -> None:
    feed = web.serve("/feed", b"<rss/>")
    answer = ours.ask(web.redirect("/in", feed.replace("://", "://them:secret@"), 301))
    assert (answer.moved, answer.url) == (feed, feed)
    assert "Authorization" not in web.headers


def test_answers_that_are_not_read_to_their_end_keep_no_place_in_the_pool(
    web: Web, ours: FeedWeb, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "_TIMES", Timeout(connect=5, read=5))  # only where one keeps its place is it waited for
    for number in range(3):
        assert ours.ask(web.serve(f"/gone{number}", b"sorry", code=404)).status == 404
    for number in range(3):
        with pytest.raises(FetchError, match="not compressed as it says"):
            ours.ask(encoded(web, f"/wrong{number}", b"<rss/>" * 1_000, "gzip"))
    assert ours.ask(web.serve("/feed", b"<rss/>")).data == b"<rss/>"


def test_a_server_that_is_silent_slow_or_away_is_told(web: Web, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_TIMES", Timeout(connect=0.5, read=0.3))
    with pytest.raises(FetchError, match="did not answer in time"):
        FeedWeb().ask(web.pour("/silent", b"", 60, head=False))
    with pytest.raises(FetchError, match="it took too long"):
        FeedWeb(seconds=0.5).ask(web.pour("/drip", b"x", 0.05))
    with pytest.raises(FetchError, match="refused"):
        FeedWeb().ask("http://127.0.0.1:1/a")


GZIP_WITH_A_NAME = b"\x1f\x8b\x08\x08\0\0\0\0\0\xff"


@pytest.mark.parametrize(
    ("start", "portion"),
    [
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\n" + GZIP_WITH_A_NAME, b"a"),
        (b"", b"HTTP/1.1 100 Continue\r\n\r\n"),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n", b"x: y\r\n"),
        (b"HTTP/1.1 200 OK\r\nX: ", b"x"),
    ],
    ids=["a name within gzip", "go on", "what follows the end", "a header"],
)
def test_a_server_that_says_nothing_for_ever_is_left(web: Web, start: bytes, portion: bytes) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.wfile.write(start)
        while not web.closing.wait(0.02):
            handler.wfile.write(portion)

    web.answers["/feed"] = answer
    with pytest.raises(FetchError, match="it took too long"):
        FeedWeb(seconds=0.3).ask(f"{web.url}/feed")


def test_time_that_is_over_ends_a_connection_that_was_kept_open(web: Web) -> None:
    ours = FeedWeb(seconds=0.5)
    ours.ask(web.serve("/feed", b"<rss/>"))
    with pytest.raises(FetchError, match="it took too long"):
        ours.ask(web.pour("/silent", b"", 60, head=False))
    assert ours.ask(f"{web.url}/feed").data == b"<rss/>"


def test_time_that_is_over_is_no_broken_pipe_and_no_reason_to_ask_again(web: Web) -> None:
    broken: list[int] = []
    signal.signal(signal.SIGPIPE, lambda number, _: broken.append(number))  # it ends the program where a command prints
    url = web.pour("/silent", b"", 60, head=False)
    with pytest.raises(FetchError, match="it took too long"):
        FeedWeb(seconds=0.3).ask(url)
    assert (broken, web.asked) == ([], ["/silent"])
    assert signal.SIGPIPE not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


def test_a_connection_that_the_server_closes_when_it_is_used_again_is_not_the_end(web: Web, ours: FeedWeb) -> None:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        if handler.path in web.asked[:-1]:
            handler.connection.shutdown(socket.SHUT_RDWR)
            web.asked.clear()
            return
        handler.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<rss/>")
        handler.close_connection = False

    web.answers["/feed"] = answer
    for _ in range(3):
        assert ours.ask(f"{web.url}/feed").data == b"<rss/>"


def test_what_a_server_says_is_told_safely(web: Web, ours: FeedWeb) -> None:
    for number, said in enumerate([b"\0\1\2 noise", b"HTTP/1.1 \x1b[31m no\r\n\r\n", b""]):
        with pytest.raises(FetchError) as caught:
            ours.ask(web.say(f"/odd{number}", said))
        assert "\x1b" not in str(caught.value)
    with pytest.raises(FetchError, match="it broke off"):
        ours.ask(web.say("/cut", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<rss>"))
    with pytest.raises(FetchError, match="no safe connection"):
        ours.ask(web.url.replace("http:", "https:") + "/")


def test_a_host_that_nobody_knows_is_told(ours: FeedWeb, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", unknown)
    with pytest.raises(FetchError, match="its host is not known"):
        ours.ask("https://nowhere.test/feed")
    with pytest.raises(FetchError, match="cannot be looked up"):
        ours.ask(f"https://{'ä' * 80}.test/feed")


def test_a_proxy_of_the_persons_own_is_used_and_what_is_behind_it_judged(
    web: Web, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", web.url)
    look_up, outside = socket.getaddrinfo, [(2, 1, 6, "", ("93.184.215.14", 0))]
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest: outside if host == "news.test" else look_up(host, *rest)
    )
    web.serve("http://news.test/feed", b"<rss/>")
    assert FeedWeb().ask("http://news.test/feed").data == b"<rss/>"
    web.redirect("http://news.test/in", "http://127.0.0.1/secret")
    with pytest.raises(FetchError, match="it is not asked"):
        FeedWeb().ask("http://news.test/in")


@pytest.mark.parametrize("form", ["http://me:s%40cret@{place}", "me:s%40cret@{place}"])
def test_a_proxy_is_known_without_a_scheme_and_gets_its_password(
    web: Web, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    outside = [(2, 1, 6, "", ("93.184.215.14", 0))]
    look_up = socket.getaddrinfo
    monkeypatch.setattr(
        socket, "getaddrinfo", lambda host, *rest: outside if host == "news.test" else look_up(host, *rest)
    )
    monkeypatch.setenv("http_proxy", form.format(place=web.url.removeprefix("http://")))
    web.serve("http://news.test/feed", b"<rss/>")
    assert FeedWeb().ask("http://news.test/feed").data == b"<rss/>"
    assert base64.b64decode(web.headers["proxy-authorization"].removeprefix("Basic ")) == b"me:s@cret"


def test_one_host_has_two_connections_at_most(web: Web, ours: FeedWeb) -> None:
    at_once, most, lock = [0], [0], threading.Lock()

    def answer(handler: BaseHTTPRequestHandler) -> None:
        with lock:
            at_once[0] += 1
            most[0] = max(most[0], at_once[0])
        web.closing.wait(0.1)
        with lock:
            at_once[0] -= 1
        handler.send_response(200)
        handler.end_headers()

    web.answers["/feed"] = answer
    threads = [threading.Thread(target=ours.ask, args=(f"{web.url}/feed",)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert most == [2]
