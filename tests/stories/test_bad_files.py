from __future__ import annotations

import codecs
import os
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.stories.errors import StoryError
from reader.stories.files import parse_story, read_story
from reader.stories.limits import DEFAULT_LIMITS, Limits
from reader.stories.model import Link, LinkRole, Story, Value

if TYPE_CHECKING:
    from stories.conftest import StoryOf

pytestmark = pytest.mark.versions

GOOD = "title: Tram\nexcerpt: Line 4.\nurl: https://news.test/tram\ndate: 2020-02-20\ntopics: [Rail]\n"


def is_whole(story: Story | None) -> bool:
    """Whether all that `GOOD` says is in a story."""
    assert story is not None
    told = (story.title, story.excerpt, story.url, story.published_text, story.topics)
    return told == ("Tram", "Line 4.", "https://news.test/tram", "2020-02-20", ("Rail",))


def told_of(story: Story) -> list[tuple[int, str]]:
    return [(flaw.line, flaw.reason) for flaw in story.flaws]


@pytest.mark.parametrize(
    ("header", "extra", "line", "words"),
    [
        (
            "related: https://news.test/",
            {"related": "https://news.test/"},
            7,
            "expected a list of articles, found text",
        ),
        ("related: {a: b}", {"related": {"a": "b"}}, 7, "expected a list of articles, found a mapping"),
        ("x: y\nrelated: [https://news.test/]", {"x": "y"}, 8, "entry 1 is text, not an article"),
        ("related: [null]", {}, 7, "entry 1 is empty, not an article"),
        ("quality: high", {"quality": "high"}, 7, "expected a whole number, found “high”"),
        ("quality: 1.5", {"quality": "1.5"}, 7, "expected a whole number, found “1.5”"),
        ("heat: [1]", {"heat": ["1"]}, 7, "expected a whole number, found a list"),
        ("heat: " + "9" * 80, {"heat": "9" * 80}, 7, "expected a whole number, found “" + "9" * 59 + "…”"),
        ("author: {name: A}", {"author": {"name": "A"}}, 7, "expected a list of labels, found a mapping"),
        ("author: [A, {name: B}]", {}, 7, "a label is a mapping, not text"),
        ("category: {a: b}", {"category": {"a": "b"}}, 7, "expected text, found a mapping"),
        ("category: [a, b]", {}, 7, "expected text, found a list; its parts are joined"),
        ("provider: [a]", {"provider": ["a"]}, 7, "expected an outlet's name, found a list"),
        ("images: [{src: /a.jpg}, /b.jpg]", {}, 7, "an image without an address"),
        ("images: [[a]]", {}, 7, "an image without an address"),
        ("ampUrl: [a]", {"ampUrl": ["a"]}, 7, "expected a link, found a list"),
        ("originalUrl: /a", {}, 7, "not a web address, so it is shown and never opened: “/a”"),
        ("pubDate: someday", {"x": None}, 7, "not a date: “someday”"),
        ('"heat" : warm', {"heat": "warm"}, 7, "expected a whole number, found “warm”"),
    ],
)
def test_an_odd_value_is_told_and_costs_nothing_else(
    story_of: StoryOf, header: str, extra: dict[str, Value], line: int, words: str
) -> None:
    story = story_of(GOOD + header)
    if header.startswith("pubDate"):
        assert (story.title, story.published_text, story.url) == ("Tram", "2020-02-20", "https://news.test/tram")
    else:
        assert is_whole(story)
        assert story.extra == extra
    assert len(story.flaws) == 1
    assert story.flaws[0].line == line
    assert words in story.flaws[0].reason


@pytest.mark.parametrize(
    ("title", "shown", "flawed"),
    [
        ("2024", "2024", False),
        ("1.10", "1.10", False),
        ("no", "no", False),
        ("2020-02-20", "2020-02-20", False),
        ("[One, Two]", "One, Two", True),
        ("[One, [Two]]", "a-file", True),
        ("{One: Two}", "a-file", True),
        ("null", "a-file", True),
        ("", "a-file", True),
        ("' '", "a-file", True),
        ("[]", "a-file", True),
    ],
)
def test_a_headline_of_another_shape(story_of: StoryOf, title: str, shown: str, flawed: bool) -> None:
    story = story_of(f"url: https://news.test/\ntitle: {title}")
    assert story.title == shown
    assert bool(story.flaws) is flawed
    assert {line for line, _ in told_of(story)} <= {3}
    assert story.url == "https://news.test/"


def test_a_file_without_a_headline_shows_its_name(story_of: StoryOf) -> None:
    story = story_of("quality: 3", name="the-\x1b[1mfile.md")
    assert story.title == "the-␛[1mfile"
    assert told_of(story) == [(0, "title: no headline; the file's name is shown: the-␛[1mfile")]


@pytest.mark.parametrize("text", ["someday", "2020-02-31", "2020", "25:00", "[2020-02-20]"])
def test_a_nonsense_date_is_told_and_shown_as_it_is(story_of: StoryOf, text: str) -> None:
    story = story_of(f"title: Tram\npublishedDateTime: {text}\nquality: 4")
    assert story.published is None
    assert story.published_text == ("" if text.startswith("[") else text)
    assert (story.title, story.quality) == ("Tram", 4)
    assert [line for line, _ in told_of(story)] == [3]
    assert "publishedDateTime: not a date" in story.flaws[0].reason


def test_a_nonsense_date_gives_way_to_a_good_one(story_of: StoryOf) -> None:
    story = story_of("title: Tram\npublishedDateTime: someday\ndate: 2020-02-20")
    assert story.published_text == "2020-02-20"
    assert told_of(story) == [(3, "publishedDateTime: not a date: “someday”")]


def test_odd_related_entries_are_told_and_the_others_kept(story_of: StoryOf) -> None:
    story = story_of(
        "title: Tram\nRelated:\n"
        "  - title: No link\n    quality: 3\n"
        "  - title: Fine\n    url: https://news.test/fine\n"
        "  - just text\n"
        "  - title: Relative\n    url: /relative\n    quality: much\n"
        "  - url: https://news.test/untitled\n"
        "  - {}\n"
    )
    assert [article.title for article in story.related] == [
        "No link", "Fine", "Relative", "https://news.test/untitled", "untitled",
    ]  # fmt: skip
    assert [article.url for article in story.related] == [
        "", "https://news.test/fine", "", "https://news.test/untitled", "",
    ]  # fmt: skip
    assert story.related[0].quality == 3
    assert told_of(story) == [
        (3, "related 1: related: no link"),
        (3, "Related: entry 3 is text, not an article"),
        (3, "related 4: url: not a web address, so it is shown and never opened: “/relative”"),
        (3, "related 4: quality: expected a whole number, found “much”"),
        (3, "related 6: related: no link"),
    ]


@pytest.mark.parametrize(
    "url",
    ["/2020/tram", "news.test/tram", "javascript:alert(1)", "file:///etc/passwd", "data:text/html,a", "-e", "a b"],
)
def test_a_link_that_is_no_web_address_is_shown_and_never_opened(story_of: StoryOf, url: str) -> None:
    story = story_of(f"title: Tram\nwebUrl: '{url}'\nrelated: [{{title: Bus, webUrl: '{url}'}}]")
    for article in (story, story.related[0]):
        assert article.links == (Link(LinkRole.SOURCE, url),)
        assert article.url == ""
        assert article.key.startswith("content:")
    assert [line for line, _ in told_of(story)] == [4, 3]
    assert all("never opened" in reason for _, reason in told_of(story))


def test_the_next_link_is_opened_where_the_first_is_no_web_address(story_of: StoryOf) -> None:
    story = story_of("title: Tram\nwebUrl: javascript:alert(1)\noriginalUrl: https://news.test/tram")
    assert story.url == "https://news.test/tram"
    assert story.key == "https://news.test/tram"
    assert [link.url for link in story.links] == ["javascript:alert(1)", "https://news.test/tram"]


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize(
    ("mark", "codec"),
    [(b"", "utf-8"), (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (b"", "utf-16-le"),
     (codecs.BOM_UTF16_BE, "utf-16-be"), (b"", "utf-16-be"), (codecs.BOM_UTF32_LE, "utf-32-le")],
)  # fmt: skip
def test_encodings_and_line_ends_make_no_difference(mark: bytes, codec: str, ends: str) -> None:
    text = f"---\n{GOOD}author: Åse – Ünal\n---\nOne.\n\nTwo.\n".replace("\n", ends)
    story = parse_story(mark + text.encode(codec), Path("a.md"))
    assert is_whole(story)
    assert story is not None
    assert (story.authors, story.body, story.flaws) == (("Åse – Ünal",), "One.\n\nTwo.", ())


def test_latin_1_is_read_and_told() -> None:
    story = parse_story(f"---\n{GOOD}author: Åse Ünal\n---\n".encode("latin-1"), Path("a.md"))
    assert is_whole(story)
    assert story is not None
    assert story.authors == ("Åse Ünal",)
    assert told_of(story) == [(0, "not UTF-8; read as Windows-1252")]


HOSTILE = ["\x1b[31m", "\x1b]52;c;cGFzdGU=\x07", "\x9b2J", "\x9d0;a\x9c", "\u202e", "\u2066", "\u200b", "\x00", "\x7f"]


@pytest.mark.parametrize("sign", HOSTILE, ids=[ascii(sign) for sign in HOSTILE])
def test_no_field_lets_a_hostile_character_through(sign: str) -> None:
    value = f"'x{sign}y'"
    raw = (
        f"---\ntitle: {value}\nexcerpt: {value}\ndate: {value}\ntype: {value}\ncategory: {value}\nwebUrl: {value}\n"
        f"provider: {{name: {value}, domain: {value}, {value}: {value}}}\nauthors: [{value}]\ntopics: [{value}]\n"
        f"quality: {value}\nimages: [{{url: {value}, title: {value}, {value}: {value}}}]\n{value}: [{value}, {value}]\n"
        f"related: [{{title: {value}, excerpt: {value}, url: {value}, {value}: {value}}}]\n---\n{value}\n"
    ).encode()
    story = parse_story(raw, Path("a.md"))
    assert story is not None
    shown = repr(story).encode("unicode_escape").decode().replace("\\\\", "\\")
    for bad in ("\\x1b", "\\x07", "\\x9b", "\\x9d", "\\x9c", "\\u202e", "\\u2066", "\\u200b", "\\x00", "\\x7f"):
        assert bad not in shown
    assert story.title.startswith("x")
    assert story.title.endswith("y")
    assert {story.excerpt, story.type, story.category, story.provider.name, story.provider.domain} == {story.title}
    assert {story.related[0].title, story.links[0].url, *story.topics, *story.authors} == {story.title}
    assert story.extra[story.title] == [story.title, story.title]
    assert story.body == f"'{story.title}'"


@pytest.mark.parametrize("escape", [r"\e[31m", r"\x1b[31m", r"\u001b[31m", r"\0", r"\u202e", r"\x9b", r"\a"])
def test_escapes_of_yaml_let_nothing_through_either(story_of: StoryOf, escape: str) -> None:
    story = story_of(f'title: "x{escape}y"\n"k{escape}": ["v{escape}"]')
    for text in (story.title, *story.extra):
        assert text.isprintable()
    assert "\\" not in repr(dict(story.extra))


@pytest.mark.parametrize(
    "markup", ["[bold red]x[/]", "[@click=app.quit]x[/]", "[link=https://a.test]x[/link]", "$text [/b]"]
)
def test_markup_of_the_screen_is_text_like_any_other(story_of: StoryOf, markup: str) -> None:
    story = story_of(f"title: '{markup}'\nexcerpt: '{markup}'\ntopics: ['{markup}']\nprovider: '{markup}'", body=markup)
    assert {story.title, story.excerpt, *story.topics, story.provider.name, story.body} == {markup}


@pytest.mark.parametrize(
    ("data", "line", "words"),
    [
        (b"---\ntitle: [\nquality: 3\n---\n", 4, "flow"),
        (b"---\r\ntitle: x\r\nurl: 'y\r\n---\r\n", 4, "end of stream"),
        (b"\n\n---\ntitle: x\n  bad: y\n---\n", 5, "mapping values"),
        (b"---\ntitle: x\n", 1, "not closed"),
        (b"---\njust text\n---\n", 2, "text, not a mapping"),
        (b"---\n- title: x\n---\n", 2, "a list, not a mapping"),
        (b"---\na: &a [*a]\n---\n", 2, "contains itself"),
        (b"---\nx: y\na: " + b"[" * 100_000 + b"\n---\n", 3, "nested deeper than 40 levels"),
    ],
    ids=["list", "quote", "indent", "open", "text", "top list", "itself", "deep"],
)
def test_broken_yaml_is_told_with_file_and_line(data: bytes, line: int, words: str) -> None:
    with pytest.raises(StoryError, match=words) as caught:
        parse_story(data, Path("folder/a.md"))
    assert (caught.value.line, caught.value.path) == (line, Path("folder/a.md"))
    place = f"folder/a.md:{line}: " if line else "folder/a.md: "
    assert str(caught.value) == place + caught.value.reason


def test_a_flood_of_flaws_takes_no_long_time() -> None:
    started = time.process_time()
    story = parse_story(b"---\ntitle: x\nRelated:\n" + b"- a\n- {title: b}\n" * 5_000 + b"---\n", Path("a.md"))
    assert time.process_time() - started < 5
    assert story is not None
    assert len(story.flaws) == DEFAULT_LIMITS.flaws + 1
    assert {flaw.line for flaw in story.flaws} == {0, 3}
    assert story.flaws[0].reason == "Related: 10,000 entries; the first 5,000 are taken in"
    assert story.flaws[-1].reason.endswith(" more of such")


def test_a_file_past_the_limit_is_refused_at_once(tmp_path: Path) -> None:
    large = tmp_path / "large.md"
    with large.open("wb") as file:
        file.write(b"---\ntitle: Tram\n---\n")
        file.truncate(50 * 1024 * 1024)
    started = time.process_time()
    with pytest.raises(StoryError, match=r"50\.0 MB is past the limit of 8\.0 MB a file"):
        read_story(large)
    assert time.process_time() - started < 1


def test_the_limit_itself_is_not_past_it(tmp_path: Path) -> None:
    data = b"---\ntitle: Tram\n---\n"
    file = tmp_path / "a.md"
    file.write_bytes(data)
    assert read_story(file, Limits(file_bytes=len(data))) is not None
    with pytest.raises(StoryError, match="past the limit"):
        read_story(file, Limits(file_bytes=len(data) - 1))


def test_what_is_no_file_is_told_and_never_waited_for(tmp_path: Path) -> None:
    fifo = tmp_path / "fifo.md"
    os.mkfifo(fifo)
    with pytest.raises(StoryError, match="not a regular file"):
        read_story(fifo)
    with pytest.raises(StoryError, match="Is a directory"):
        read_story(tmp_path)
    with pytest.raises(StoryError, match="No such file"):
        read_story(tmp_path / "gone.md")
    with pytest.raises(StoryError, match="not a regular file"):
        read_story(Path(os.devnull))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_told(tmp_path: Path) -> None:
    file = tmp_path / "locked.md"
    file.write_text("---\ntitle: Tram\n---\n", encoding="utf-8")
    file.chmod(0)
    with pytest.raises(StoryError, match="Permission denied"):
        read_story(file)


@pytest.mark.parametrize(
    "data", [b"", b"\n", b"# A read-me\n", b"title: Tram\n", b"---", b"----\na: b\n---\n", b"\x00" * 64]
)
def test_a_file_without_front_matter_is_no_story(data: bytes) -> None:
    assert parse_story(data, Path("a.md")) is None
