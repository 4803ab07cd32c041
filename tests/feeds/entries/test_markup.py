"""HTML of feeds as Markdown: what a person reads is kept, what would be done to them is not."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from examples import thinned
from reader.base.wording import cut_text
from reader.feeds.entries.markup import absolute, as_line, as_markdown, first_image
from reader.stories.limits import HTML_DEPTH
from reader.stories.urls import is_web

BASE = "https://news.test/a/b"


@pytest.mark.parametrize(
    ("html", "markdown"),
    [
        ("plain", "plain"),
        ("<p>One</p><p>two<br>three</p>", "One\n\ntwo  \nthree"),
        ("<h1>Head</h1><p>text</p>", "# Head\n\ntext"),
        ("<ul><li>a<ul><li>b</li></ul></li></ul>", "- a\n  - b"),
        ("<ol><li>a</li><li>b</li></ol>", "1. a\n2. b"),
        ("<blockquote><p>said</p></blockquote>", "> said"),
        ("<pre>  x = *p\n  y</pre>", "```\n  x = *p\n  y\n```"),
        ("<a href='../c'>See\n it</a>", "[See it](https://news.test/c)"),
        ("<a href='/wiki/A_(b)'>A</a>", "[A](<https://news.test/wiki/A_(b)>)"),
        ("<a href='javascript:alert(1)'>Win</a>", "Win"),
        ("<a href='vbscript:x'>a</a> <a href='data:text/html,x'>b</a> <a>c</a>", "a b c"),
        ("<img src='i.png' alt='A [b]'>", "![A \\[b\\]](https://news.test/a/i.png)"),
        ("<img src='data:image/png;base64,AA' alt='gone'>", "gone"),
        ("<iframe src='https://film.test/1'></iframe>", "[iframe](https://film.test/1)"),
        ("<video><source src='/v.mp4'></video>", "[video](https://news.test/v.mp4)"),
        ("a<script>alert(1)</script><style>p{}</style><!-- no --><form>x</form>b", "ab"),
        ("3 * 4 * 5, [x](javascript:y), <b>bold</b>", "3 \\* 4 \\* 5, \\[x\\](javascript:y), **bold**"),
        ("&lt;script&gt; &amp;lt;", "\\<script> \\&lt;"),
        ("snake_case _it_", "snake_case \\_it\\_"),
        ("<p># no</p><p>1. no</p><p>- no</p><p>&gt; no</p>", "\\# no\n\n1\\. no\n\n\\- no\n\n\\> no"),
        ("<b>x</b><soup>y</soup>", "xy"),
        ("<table><tr><th>a</th></tr><tr><td>1</td></tr></table>", "| a |\n| --- |\n| 1 |"),
    ],
)
def test_html_becomes_markdown_that_reads_well(html: str, markdown: str) -> None:
    assert as_markdown(html, BASE) == markdown


def test_what_is_too_deep_or_too_large_is_kept_as_text() -> None:
    assert as_markdown("<div>" * 5_000 + "deep <b>down</b>" + "</div>" * 5_000, BASE) == "deep down"
    assert as_markdown("<b>" * 20_000 + "x", BASE) == "x"
    large = as_markdown("<p>word <b>bold</b></p>" * 13_000, BASE)
    assert "**" not in large
    assert large.startswith("word bold\n\nword bold")


@pytest.mark.parametrize(
    "html",
    thinned([
        ("<", 300_000), ("<a ", 90_000), ("<!--", 70_000), ("&", 300_000), ("<li>x", 60_000), ("[", 300_000),
        ("<![", 90_000), ("<li>x</li>", 7_900), ("<a b='>", 40_000), ("<a b=\"'>", 40_000), ("<?", 90_000),
        ("</", 90_000), ("<a\n", 90_000), ("*_", 150_000), ("\n ", 150_000), ("# ", 150_000), ("-\n", 90_000),
        ("<td colspan=1000>x</td>", 3_900),
    ], every=9),
    ids=str,
)  # fmt: skip
def test_hostile_markup_ends_soon(html: tuple[str, int]) -> None:
    part, times = html
    start = time.process_time()
    as_markdown(f"<ol>{part * times}", BASE)
    assert time.process_time() - start < 10


def test_text_keeps_paragraphs_and_a_line_does_not() -> None:
    html = "<p>One  &amp; \n two</p><ul><li>a</li><li>b</li></ul><script>x</script>"
    assert as_markdown(f"{'<b>' * (HTML_DEPTH + 1)}{html}", BASE) == "One & two\n\na\nb"
    assert as_line(html) == "One & two a b"
    assert as_line("a\x1b[31m\u202e") == "a\u241b[31m"


def test_the_first_image_is_one_that_can_be_seen() -> None:
    html = "<img src='https://count.test/1.gif' width=1 height=1><img src='x:y'><img src='/i.jpg'>"
    assert first_image(html, BASE) == "https://news.test/i.jpg"
    assert first_image("<p>none</p>", BASE) == ""


def test_links_are_made_absolute() -> None:
    assert absolute(" https://a.test/b c ", BASE) == "https://a.test/b%20c"
    assert absolute("//c.test/x", BASE) == "https://c.test/x"
    for odd in ("", None, 7, "javascript:x", "https://", "http://[", "mailto:a@b.c"):
        assert absolute(odd, BASE) == ""


def test_an_excerpt_is_cut_after_a_sentence_or_a_word() -> None:
    assert cut_text("short", 10) == "short"
    assert cut_text("One two three. Four five six", 20) == "One two three. …"
    assert cut_text("One two three four", 11) == "One two …"
    assert cut_text("x" * 30, 10) == "x" * 10 + " …"


HTML = st.lists(
    st.sampled_from(
        ["<p>", "</p>", "<b>", "</b>", "<a href='javascript:x'>", "<a href='http://x.test/(1)'>", "</a>", "<ul><li>",
         "</ul>", "<pre>", "</pre>", "<table><tr><td>", "</table>", "<!--", "-->", "&lt;", "&#27;", "* ", "# ", "1. ",
         "<img src=//i.test/1 alt=']('>", "[x](data:y)", "`", "\n", "<svg>", "</svg>", "text ", "<h2>", "\\"]
    )
    | st.text(max_size=5),
    max_size=25,
).map("".join)  # fmt: skip


@given(HTML)
def test_any_markdown_is_safe_and_links_to_the_web_alone(html: str) -> None:
    markdown = as_markdown(html, BASE)
    assert "\x1b" not in markdown
    tokens = [child for token in MarkdownIt("commonmark").parse(markdown) for child in token.children or ()]
    for token in tokens:
        for name in ("href", "src"):
            if name in token.attrs:
                assert is_web(str(token.attrs[name]))
