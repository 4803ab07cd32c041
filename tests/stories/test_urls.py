from __future__ import annotations

import re
import time
import tracemalloc
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.stories import urls
from reader.stories.doubts import doubts
from reader.stories.limits import URL_CHARACTERS
from reader.stories.networks import ALLOWED_BY
from reader.stories.urls import canonical_url, host_of, is_plain, is_web, short_url


@pytest.mark.parametrize(
    "url",
    [
        "https://news.test/a",
        "http://news.test",
        "HTTPS://NEWS.test/A",
        "https://news.test:8443/a?b=c&d=e#f",
        "https://someone:secret@news.test/a",
        "https://müller.test/straße",
        "https://192.0.2.1/a",
        "https://[2001:db8::1]/a",
        "https://news.test/a(b)'c,d;e",
    ],
)
def test_web_addresses_may_be_opened(url: str) -> None:
    assert is_web(url)


@pytest.mark.parametrize(
    "url",
    [
        "", "news.test/a", "/a", "//news.test/a", "?a=b", "#a", "https:", "https://", "https:///a", "https:news.test",
        "https://:80/a", "https://someone@/a", "javascript:alert(1)", "JavaScript:alert(1)", "java\tscript:alert(1)",
        "\x01javascript:alert(1)", "data:text/html,hello", "file:///etc/passwd", "FILE:///etc/passwd",
        "ftp://news.test/a", "mailto:a@news.test", "vbscript:a", "blob:https://news.test/a",
        "view-source:https://news.test", "-https://news.test", " https://news.test", "https://news.test ",
        "https://news.test/a b", "https://news.test/a\nb", "https://news.test/a\x00", "https://news.test/\x1b[31m",
        "https://news.test/\x9b", "https://news.test/\u00a0", "https://news.test/\u2028", 'https://news.test/"',
        "https://news.test/<b>", "https://news.test\\@other.test", "https://news.test/`id`", "https://news.test/{a}",
        "https://news.test/|a", "https://news.test:a/", "https://news.test:99999/", "https://./", "https://../a",
        "https://[news.test/",
        "https://[::1", "https://news\u2100.test/", "https://news.test/\ud800", "https://news.test/?a=\udc80",
    ],
)  # fmt: skip
def test_all_other_links_may_not_be_opened(url: str) -> None:
    assert not is_web(url)
    assert canonical_url(url) is None
    assert short_url(url) == url


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.news.test/a", "news.test"),
        ("https://News.Test:80", "news.test"),
        ("https://me:pw@news.test", "news.test"),
        ("news.test", ""),
        ("https://[::1", ""),
        ("", ""),
    ],
)
def test_the_host_of_a_link(url: str, host: str) -> None:
    assert host_of(url) == host


@pytest.mark.parametrize(
    ("url", "short"),
    [
        ("https://www.news.test/a/", "news.test/a"),
        ("HTTP://WWW.news.test/a", "news.test/a"),
        ("https://m.news.test/?a=b", "m.news.test/?a=b"),
    ],
)
def test_a_link_as_a_person_reads_it(url: str, short: str) -> None:
    assert short_url(url) == short


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://news.test/a", "https://news.test/a"),
        ("https://NEWS.test/a", "https://news.test/a"),
        ("https://news.test./a", "https://news.test/a"),
        ("https://www.news.test/a", "https://news.test/a"),
        ("https://m.news.test/a", "https://news.test/a"),
        ("https://mobile.news.test/a", "https://news.test/a"),
        ("https://amp.news.test/a", "https://news.test/a"),
        ("https://www.m.news.test/a", "https://news.test/a"),
        ("http://news.test:80/a", "https://news.test/a"),
        ("https://news.test:443/a", "https://news.test/a"),
        ("https://someone:secret@news.test/a", "https://news.test/a"),
        ("https://news.test/a#top", "https://news.test/a"),
        ("https://news.test/a?", "https://news.test/a"),
        ("https://news.test/a/", "https://news.test/a"),
        ("https://news.test//a//", "https://news.test/a"),
        ("https://news.test/", "https://news.test"),
        ("https://news.test/a?utm_source=x&UTM_Medium=y&fbclid=z&gclid=1&cmpid=2&_ga=3", "https://news.test/a"),
        ("https://news.test/a?b=1&utm_source=x", "https://news.test/a?b=1"),
        ("https://news.test/a?d=2&b=1", "https://news.test/a?b=1&d=2"),
        ("https://news.test/%61?b=%63", "https://news.test/a?b=c"),
        ("https://news.test/caf%c3%a9", "https://news.test/café"),
        ("https://xn--mller-kva.test/a", "https://müller.test/a"),
        ("https://news.test/amp/a", "https://news.test/a"),
        ("https://news.test/a/amp", "https://news.test/a"),
        ("https://news.test/a/amp/", "https://news.test/a"),
        ("https://news.test/a/AMP/", "https://news.test/a"),
        ("https://news.test/a/amp/amp/", "https://news.test/a"),
        ("https://news.test/a/.amp", "https://news.test/a"),
        ("https://news.test/a/platform/amp", "https://news.test/a"),
        ("https://news.test/platform/amp/a", "https://news.test/a"),
        ("https://news.test/google-amp/a", "https://news.test/a"),
        ("https://news.test/a/google-amp", "https://news.test/a"),
        ("https://news.test/a.amp", "https://news.test/a"),
        ("https://news.test/a.amp/", "https://news.test/a"),
        ("https://news.test/a.amp.html", "https://news.test/a.html"),
        ("https://news.test/a?amp", "https://news.test/a"),
        ("https://news.test/a?amp=1", "https://news.test/a"),
        ("https://news.test/a?amp=true&amp_js_v=0.1&usqp=mq331AQ", "https://news.test/a"),
        ("https://news.test/a?outputType=amp", "https://news.test/a"),
        ("https://news-test.cdn.ampproject.org/c/s/news.test/a", "https://news.test/a"),
        ("https://news-test.cdn.ampproject.org/v/s/news.test/a?amp_js_v=0.1", "https://news.test/a"),
        ("https://news-test.cdn.ampproject.org/c/news.test/a", "https://news.test/a"),
        ("https://cdn.ampproject.org/c/s/www.news.test/amp/a", "https://news.test/a"),
        ("https://news-test.cdn.ampproject.org/c/s/news.test/a?b=1", "https://news.test/a?b=1"),
        ("https://www.google.com/amp/s/news.test/a", "https://news.test/a"),
        ("https://google.co.uk/amp/s/amp.news.test/a/amp", "https://news.test/a"),
        ("https://www.google.com/amp/news.test/a", "https://news.test/a"),
        ("https://www.google.com/amp/s/news-test.cdn.ampproject.org/c/s/news.test/a", "https://news.test/a"),
    ],
)
def test_addresses_of_one_article_meet(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical_url(canonical)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://news.test/story?id=1", "https://news.test/story?id=2"),
        ("https://news.test/story?id=1", "https://news.test/story"),
        ("https://news.test/?p=1", "https://news.test/?p=2"),
        ("https://news.test/a?b=1&b=2", "https://news.test/a?b=1"),
        ("https://news.test/a", "https://news.test/b"),
        ("https://news.test/a", "https://news.test/A"),
        ("https://news.test/a", "https://news.test"),
        ("https://news.test/a", "https://news.test/a.html"),
        ("https://news.test/a%2Fb", "https://news.test/a/b"),
        ("https://news.test/a%3Fb", "https://news.test/a?b"),
        ("https://news.test/a%23b", "https://news.test/a#b"),
        ("https://news.test/a?b=1%26c=2", "https://news.test/a?b=1&c=2"),
        ("https://news.test/100%2525", "https://news.test/100%25"),
        ("https://news.test/a", "https://live.news.test/a"),
        ("https://news.aaa.test/a", "https://aaa.test/a"),
        ("https://aaa.test/a", "https://bbb.test/a"),
        ("https://news.test:8080/a", "https://news.test/a"),
        ("https://news.test:8080/a", "https://news.test:8081/a"),
        ("http://m.co.uk/a", "https://co.uk/a"),
        ("https://www.com.au/a", "https://amp.com.au/a"),
        ("https://amp.test/a", "https://www.test/a"),
        ("https://news.test/#!/a", "https://news.test/#!/b"),
        ("https://news.test/amplifier", "https://news.test/lifier"),
        ("https://news.test/a/amps", "https://news.test/a/s"),
        ("https://news.test/champ", "https://news.test/ch"),
        ("https://news.test/a?amp=no", "https://news.test/a"),
        ("https://news.test/a?amplitude=1", "https://news.test/a"),
        ("https://news.test/a?utm=1", "https://news.test/a"),
        ("https://news.test/a?outputType=pdf", "https://news.test/a"),
        ("https://a-test.cdn.ampproject.org/c/s/a.test/x", "https://b-test.cdn.ampproject.org/c/s/b.test/x"),
        ("https://www.google.com/amp/s/news.test/a", "https://www.google.com/amp/s/news.test/b"),
        ("https://www.google.com/search?q=a", "https://www.google.com/search?q=b"),
        ("https://cdn.ampproject.org.test/c/s/news.test/a", "https://news.test/a"),
        ("https://google.com.test.test/amp/s/news.test/a", "https://news.test/a"),
        ("https://caf%E9.test/a", "https://cafe.test/a"),
        ("https://news.test/caf%E9", "https://news.test/caf%C3%A9"),
    ],
)
def test_addresses_of_different_articles_never_meet(one: str, other: str) -> None:
    assert canonical_url(one) is not None
    assert canonical_url(one) != canonical_url(other)


PARTS = st.sampled_from(
    ["", "a", "A", "amp", "AMP", ".amp", "x.amp", "amp.amp", "x.amp.html", ".amp.html", "platform", "google-amp", "%2F",
     "%2Famp", "%25", "%61mp", "%E9", "é", "..", ".", "c", "s", "v", "news.test", "cdn.ampproject.org", "b+c", "d;e",
     "😀"]
)  # fmt: skip
HOSTS = st.sampled_from(
    ["news.test", "www.news.test", "m.www.news.test", "amp.co.uk", "www.co.uk", "m.com", "WWW.News.Test.",
     "müller.test", "ß.test", "www.google.com", "google.de", "cdn.ampproject.org", "a-b.cdn.ampproject.org", "[::1]",
     "x..y", "a@news.test"]
)  # fmt: skip
QUERIES = st.sampled_from(
    ["", "?", "?a=1", "?b&a", "?amp", "?amp=2", "?utm_a=1&z=%26", "?a=%E9", "?=", "?a=1;b=2", "?a=+"]
)
ADDRESSES = st.builds(
    "{}://{}{}/{}{}{}".format,
    st.sampled_from(["http", "https", "HTTPS"]),
    HOSTS,
    st.sampled_from(["", ":80", ":443", ":8080", ":"]),
    st.lists(PARTS, max_size=8).map("/".join),
    QUERIES,
    st.sampled_from(["", "#", "#a", "#!a", "#!/a%20b"]),
)


@given(ADDRESSES)
def test_a_canonical_address_is_its_own(url: str) -> None:
    canonical = canonical_url(url)
    assert is_web(url)
    assert canonical is not None
    assert is_web(canonical)
    assert canonical.startswith("https://")
    assert canonical_url(canonical) == canonical


USUAL = st.builds(
    "{}://{}{}{}".format,
    st.sampled_from(["http", "https"]),
    st.sampled_from(["news.test", "www.news.test", "amp.news.test", "m.com", "x-y.example", "a.cdn.ampproject.org",
                     "www.google.com", "news.test.", "a..b", "-.-", "."]),
    st.lists(st.sampled_from(["a", "example", "camp", "amp", "x.amp", "x.amp.html", "platform", "A-b_c", "a,b;c=d",
                              "", ".", "..", "-amp", "s", "news.test", "(a)", "[a]", "a%20b"]), max_size=5)
    .map(lambda parts: "".join(f"/{part}" for part in parts)),
    st.sampled_from(["", "/", "//"]),
)  # fmt: skip


@given(USUAL | ADDRESSES | st.text(st.sampled_from("ahtps:/.-@[]%# 1é"), max_size=30))
def test_the_short_ways_lead_to_what_the_long_ways_do(url: str) -> None:
    with (
        mock.patch.object(urls, "_USUAL", re.compile("(?!)")),
        mock.patch.object(urls, "_PLAIN_PAGE", re.compile("(?!)")),
    ):
        long = canonical_url.__wrapped__(url) if is_web.__wrapped__(url) else None
    assert (canonical_url.__wrapped__(url), is_web.__wrapped__(url)) == (long, long is not None)


@given(st.text(max_size=60).map("https://".__add__) | st.text(max_size=60))
def test_no_text_makes_it_fail(text: str) -> None:
    canonical = canonical_url(text)
    assert (canonical is not None) is is_web(text)
    assert canonical is None or canonical_url(canonical) == canonical
    assert short_url(text) in text
    assert isinstance(host_of(text), str)


@pytest.mark.parametrize(
    "path",
    ["/amp" * 2_000, "/" * 8_000, ".amp" * 2_000, "/c/s/cdn.ampproject.org" * 300, ".www" * 2_000, "/" + "%41" * 2_500],
    ids=["amp", "slashes", "endings", "wrapped", "prefixes", "quoted"],
)
def test_a_long_address_takes_no_long_time(path: str) -> None:
    started = time.process_time()
    canonical = canonical_url(f"https://cdn.ampproject.org{path}")
    assert time.process_time() - started < 2
    assert canonical is not None
    assert canonical_url(canonical) == canonical


def test_an_address_past_the_limit_is_none() -> None:
    assert is_web("https://a.test/" + "a" * (URL_CHARACTERS - 15))
    assert not is_web("https://a.test/" + "a" * (URL_CHARACTERS - 14))
    assert canonical_url("https://a.test/" + "é" * 2_000) is None  # each becomes six


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("https://bank.test@evil.test/a", ["what stands before the @ is a user name: the site is evil.test"]),
        ("https://b\u0430nk.test/", ["mixes alphabets: Latin and Cyrillic; the site is also written xn--bnk-6cd.test"]),
        ("https://xn--bnk-6cd.test/", ["mixes alphabets: Latin and Cyrillic; the site is also written b\u0430nk.test"]),
        ("https://müller.test/", ["the site is also written xn--mller-kva.test"]),
        ("https://日本のnews.test/", ["the site is also written xn--news-4c4cn272ao4b.test"]),
        (
            "https://a.test/\u05d0\u05d1",
            ["has letters written from right to left: some terminals show its parts in another order"],
        ),
        ("https://a.test/" + "a" * 600, ["has 615 characters"]),
        ("https://a.test/a@b", []),
        ("https://a.test/straße", []),
        ("https://[2606:4700::1111]:80/a?b=c#d", []),
        ("https://[::1]:80/a?b=c#d", [f"leads to an address of this machine, not to the web: ::1 ({ALLOWED_BY})"]),
        ("javascript:alert(1)", []),
    ],
)
def test_what_is_doubtful_about_a_link_is_told(url: str, told: list[str]) -> None:
    assert list(doubts(url)) == told
    assert not (is_plain(url) and told)


@pytest.mark.parametrize("url", ["https://new\u017f.test/", "https://boo\u212a.test/"])
def test_letters_that_only_fold_to_those_of_ascii_are_not_plain(url: str) -> None:
    assert not is_plain(url)


@given(st.text(st.sampled_from("abx-n.@:/?#[]1é\u0430\u05d0日"), max_size=30).map("https://{}".format))
def test_a_plain_link_raises_no_doubt_and_no_link_raises_an_error(url: str) -> None:
    assert not (is_plain(url) and doubts(url))


def test_what_is_remembered_of_addresses_takes_few_bytes() -> None:
    canonical_url.cache_clear()
    tracemalloc.start()
    try:
        for number in range(20_000):
            canonical_url(
                f"https://news.example/2024/05/10/a-headline-of-some-length-that-stands-in-an-address-{number}/"
            )
        held = tracemalloc.get_traced_memory()[0]
    finally:
        tracemalloc.stop()
        canonical_url.cache_clear()
    assert held < 2_500_000
