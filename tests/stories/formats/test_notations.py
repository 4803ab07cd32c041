"""TOML and JSON front matter: what they hold, what is wrong with them, and what a hostile file would have them do."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from examples import thinned, thinned_rows
from reader.stories.errors import StoryError
from reader.stories.files import parse_story
from reader.stories.formats.bounded import NotationError, as_values
from reader.stories.formats.jsontext import read_json
from reader.stories.formats.tomltext import read_toml
from reader.stories.frontmatter import FrontMatter, FrontMatterError, Notation, begins_with_object, split
from reader.stories.limits import DEFAULT_LIMITS
from reader.stories.model import Story, Value

LONG = DEFAULT_LIMITS.notation - 1_000


def parse(text: str, name: str = "a.md") -> Story | None:
    return parse_story(text.encode("utf-8", "surrogatepass"), Path(name))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("+++\na=1\n+++\nb", FrontMatter("a=1\n", 2, "b", Notation.TOML)),
        ("\n+++ \na=1\n+++\t\n", FrontMatter("a=1\n", 3, "", Notation.TOML)),
        ("+++\na=1\n---\n+++", FrontMatter("a=1\n---\n", 2, "", Notation.TOML)),
        ('---\n# c\na = "b"\n---\nc', FrontMatter('# c\na = "b"\n', 2, "c", Notation.TOML)),
        ("---\na: b = 1\n---\n", FrontMatter("a: b = 1\n", 2, "")),
        ("---\na b = 1: c\n---\n", FrontMatter("a b = 1: c\n", 2, "")),
    ],
)
def test_what_is_toml(text: str, found: FrontMatter) -> None:
    assert split(text) == found


@pytest.mark.parametrize("text", ["+++\na=1\n", "+++\na=1\n---\n"])
def test_toml_that_is_not_closed_is_told(text: str) -> None:
    with pytest.raises(FrontMatterError, match=r"not closed by a line of \+\+\+") as caught:
        split(text)
    assert caught.value.line == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("a = 'b'", "b"), ("a = 1.10", "1.10"), ("a = 007.5e3", None), ("a = true", "true"), ("a = 1_000", "1000"),
        ("a = 2024-02-02", "2024-02-02"), ("a = 05:06:07", "05:06:07"), ("a = -inf", "-inf"),
        ("a = 2024-02-02T04:14:54-08:00", "2024-02-02T04:14:54-08:00"), ("a = [1, 'b']", ["1", "b"]),
        ("[a]\nb = {c = 1}", {"b": {"c": "1"}}), ("a = '''\nb\nc'''", "b\nc"),
    ],
)  # fmt: skip
def test_values_of_toml_are_as_they_are_written(text: str, value: Value) -> None:
    if value is None:
        with pytest.raises(NotationError, match="not TOML"):
            read_toml(text, DEFAULT_LIMITS)
    else:
        assert read_toml(text, DEFAULT_LIMITS) == {"a": value}


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ('{"a": 1.10, "b": 9007199254740993, "c": true, "d": null}',
         {"a": "1.10", "b": "9007199254740993", "c": "true", "d": None}),
        ('{"a": NaN, "b": [{"c": []}]}', {"a": "NaN", "b": [{"c": []}]}),
        ('{"a": "\\ud83d\\ude00 \\ud83d"}', {"a": "😀 \ufffd"}),
    ],
)  # fmt: skip
def test_values_of_json_are_as_they_are_written(text: str, data: dict[str, Value]) -> None:
    front = read_json(f"{text}\nbody", DEFAULT_LIMITS)
    assert (front.data, front.end) == (data, len(text))


@pytest.mark.parametrize(
    ("text", "is_news"),
    [
        ('{"title": "A"}', True), ('{\n "date": "2020"}\n\nText', True), ('{"a": 1}', False), ("{{< figure >}}", False),
        ("{% include a %}", False), ('["title"]', False), ("{: .title}", False), (' {"title": "A"}', False),
    ],
)  # fmt: skip
def test_what_looks_like_json_of_news(text: str, is_news: bool) -> None:
    assert begins_with_object(text) is is_news


def test_json_is_read_in_markdown_alone() -> None:
    assert parse('{"title": "A"}', "a.txt") is None
    story = parse('{"title": "A"}', "a.md")
    assert story is not None
    assert story.title == "A"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("+++\na = 1\nb = 2024-02-31\n+++\n", "a.md:3: not TOML: Invalid date or datetime"),
        ('+++\ntitle = "a\n+++\n', "a.md:2: not TOML: Illegal character '\\n'"),
        ('{"title": "A",\n "b" 1}', "a.md:2: not JSON: Expecting ':' delimiter"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, told: str) -> None:
    with pytest.raises(StoryError) as caught:
        parse(text)
    assert str(caught.value) == told


@pytest.mark.parametrize(
    ("text", "line"),
    [("+++\ntitle = 'A'\nquality = 'x'\n+++\n", 3), ('{"title": "A",\n  "quality": "x"}', 2)],
)
def test_a_flaw_has_its_line_in_any_notation(text: str, line: int) -> None:
    story = parse(text)
    assert story is not None
    assert [flaw.line for flaw in story.flaws] == [line]


def toml(text: str) -> str:
    return f"+++\n{text[:LONG]}\n+++\n"


HOSTILE = {
    "arrays in arrays": (toml("a = " + "[" * LONG), "nested deeper"),
    "tables in tables": (toml("a = " + "{a=" * LONG), "nested deeper"),
    "41 levels": (toml("a = " + "[" * 41 + "]" * 41), "nested deeper"),
    "a key of many parts": (toml("a." * LONG), "a key of more than 50 parts"),
    "a key of many parts in quotes": (toml('"\\"".' * (LONG // 2)), "a key of more than 50 parts"),
    "many keys of many parts": (toml("\n".join("a." * 40 + f"k{i}=1" for i in range(2200))), "nested deeper"),
    "many tables": (toml("\n".join(f"[k{i}]" for i in range(11_000))), "more than 10,000 keys"),
    "a list of many tables": (toml("[[a]]\n" * 33_000 + "[a]"), "not TOML"),
    "a long number": (toml("a = " + "9" * LONG), "not TOML: Exceeds the limit"),
    "a long hexadecimal number": (toml("a = 0x" + "f" * LONG), "a number of more than"),
    "a text of escapes": (toml('a = "' + "\\n" * (LONG // 2)), "not TOML"),
    "too much": (f"+++\n#{'a' * 300_000}\n+++\n", "more than 200,000 characters of TOML"),
    "objects in objects": ('{"title":' + '{"a":' * LONG, "nested deeper"),
    "lists in lists": ('{"title":' + "[" * LONG, "nested deeper"),
    "41 lists": ('{"title":' + "[" * 41 + "]" * 41 + "}", "nested deeper"),
    "many keys": ('{"title":1,' + ",".join(f'"k{i}":1' for i in range(12_000)) + "}", "more than 10,000 keys"),
    "too much JSON": ('{"title":"' + "a" * 300_000 + '"}', "not JSON within 200,000 characters"),
}


@pytest.mark.parametrize(("text", "reason"), thinned_rows(HOSTILE.values(), every=2), ids=HOSTILE)
def test_a_hostile_front_matter_is_refused_soon(text: str, reason: str) -> None:
    begun = time.process_time()
    with pytest.raises(StoryError, match=reason):
        parse(text)
    assert time.process_time() - begun < 5


def test_more_values_than_may_be_are_refused() -> None:
    limits = DEFAULT_LIMITS._replace(values=10)
    assert as_values([1] * 9, limits) == ["1"] * 9
    with pytest.raises(NotationError, match="more than 10 values"):
        as_values([1] * 10, limits)
    with pytest.raises(NotationError, match="not a mapping"):
        read_json("[1]", limits)


CLIPPING = "---\nsource: https://a.test/a\ncreated: 2020-01-01\n---\n"


@pytest.mark.parametrize(
    "sign",
    thinned(["==a", "==a\n", "[[", "[[a", "%%a", "%%" + "a" * 6000, "```\n~~~\n", " ^a", "![[a|", "== "], every=2),
)
def test_a_hostile_note_is_read_soon(sign: str) -> None:
    begun = time.process_time()
    story = parse(f"{CLIPPING}{sign * (900_000 // len(sign))}")
    assert story is not None
    assert time.process_time() - begun < 5
