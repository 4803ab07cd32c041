from __future__ import annotations

import time

import pytest

from reader.stories.frontmatter import FrontMatter, FrontMatterError, kind, load, split
from reader.stories.limits import DEFAULT_LIMITS, Limits
from reader.stories.model import Value

pytestmark = pytest.mark.versions


def read(text: str, limits: Limits = DEFAULT_LIMITS) -> dict[str, Value]:
    """Read a YAML text as if it began on line 2 of its file."""
    return load(FrontMatter(text, 2, ""), limits)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("---\na: b\n---\n", FrontMatter("a: b\n", 2, "")),
        ("---\na: b\n---", FrontMatter("a: b\n", 2, "")),
        ("---\na: b\n...\nbody", FrontMatter("a: b\n", 2, "body")),
        ("---  \na: b\n--- \t\n\n  body\n\nmore\n\n", FrontMatter("a: b\n", 2, "body\n\nmore")),
        ("\n \n\n---\na: b\n---\n", FrontMatter("a: b\n", 5, "")),
        ("---\n---\nbody", FrontMatter("", 2, "body")),
        ("---\na: |\n  ---\n  b\n---\nc\n---\nd", FrontMatter("a: |\n  ---\n  b\n", 2, "c\n---\nd")),
        ("---\na: b --- c\n----\n---\n", FrontMatter("a: b --- c\n----\n", 2, "")),
    ],
)
def test_the_front_matter_is_cut_from_the_body(text: str, found: FrontMatter) -> None:
    assert split(text) == found
    assert split(text, whole=True) == found


@pytest.mark.parametrize("text", ["", "\n\n", "# A heading\n", "a: b\n", "--- a: b\n---\n", "----\na: b\n---\n", "---"])
def test_a_text_without_front_matter_has_none(text: str) -> None:
    assert split(text) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: b\n", FrontMatter("a: b\n", 1, "")),
        ("---\na: b\n", FrontMatter("a: b\n", 2, "")),
        ("# comment\n---\na: b\n", FrontMatter("# comment\n---\na: b\n", 1, "")),
    ],
)
def test_a_whole_yaml_file_is_front_matter(text: str, found: FrontMatter) -> None:
    front_matter = split(text, whole=True)
    assert front_matter == found
    assert load(found, DEFAULT_LIMITS) == {"a": "b"}


@pytest.mark.parametrize(("text", "line"), [("---\na: b\n", 1), ("\n\n---\na: b\n--\n", 3)])
def test_a_front_matter_that_is_not_closed_is_told(text: str, line: int) -> None:
    with pytest.raises(FrontMatterError, match="not closed") as caught:
        split(text)
    assert caught.value.line == line


@pytest.mark.parametrize(
    "text",
    ["2024", "1.10", "0x1F", "0o17", "007", "1_000", "-1", "1e3", ".inf", ".NaN", "no", "yes", "on", "Off", "true",
     "1:30", "12:30:45", "2020-02-20", "2020-02-31", "2020-02-20T16:53:00Z", "=", "nullify", "a #b", "@home"],
)  # fmt: skip
def test_scalars_stay_as_they_are_written(text: str) -> None:
    quoted = f"'{text}'" if text in ("@home", "a #b") else text
    assert read(f"a: {quoted}\nb: [{quoted}]\n") == {"a": text, "b": [text]}


@pytest.mark.parametrize("text", ["null", "~", "Null", "NULL", ""])
def test_null_is_none(text: str) -> None:
    assert read(f"a: {text}\n") == {"a": None}


@pytest.mark.parametrize(
    ("yaml", "value"),
    [
        ("!!python/object/apply:os.system ['false']", ["false"]),
        ("!!python/object/new:os.system {args: x}", {"args": "x"}),
        ("!!python/name:os.system x", "x"),
        ("!!binary aGVsbG8=", "aGVsbG8="),
        ("!!int twelve", "twelve"),
        ("!!timestamp 2020-02-31", "2020-02-31"),
        ("!!set {a, b}", {"a": None, "b": None}),
        ("!!omap [a: b]", [{"a": "b"}]),
        ("!mine {a: b}", {"a": "b"}),
        ("!<tag:news.test,2020:x> [a]", ["a"]),
    ],
)
def test_tags_change_nothing(yaml: str, value: Value) -> None:
    assert read(f"a: {yaml}\n") == {"a": value}


@pytest.mark.parametrize(
    ("yaml", "value"),
    [
        ("a: &a {b: c}\nd: *a\n", {"a": {"b": "c"}, "d": {"b": "c"}}),
        ("a: &a {b: c, d: e}\nf: {<<: *a, d: own}\n", {"a": {"b": "c", "d": "e"}, "f": {"b": "c", "d": "own"}}),
        ("a: &a {x: 1}\nb: &b {x: 2}\nc: {<<: [*a, *b]}\n", {"a": {"x": "1"}, "b": {"x": "2"}, "c": {"x": "1"}}),
        ("a: b\na: c\n", {"a": "c"}),
        ("1: a\ntrue: b\n2020-02-20: c\nnull: d\n", {"1": "a", "true": "b", "2020-02-20": "c", "null": "d"}),
        ("a: 'it''s'\nb: \"\\u00e9\\e\"\n", {"a": "it's", "b": "é\x1b"}),
        ("a: |\n  b\n  c\nd: >\n  e\n  f\n", {"a": "b\nc\n", "d": "e f\n"}),
        ("a: one\u2028two\nb: three\x85four\n", {"a": "one two", "b": "three four"}),
        ("", {}),
        ("# only a comment\n", {}),
        ("null\n", {}),
    ],
)
def test_the_shapes_of_yaml_are_read(yaml: str, value: dict[str, Value]) -> None:
    assert read(yaml) == value


@pytest.mark.parametrize(
    ("yaml", "line", "words"),
    [
        ("a: b\nc: [d\ne: f\n", 4, "flow sequence"),
        ("a: b\n  c: d\n", 3, "mapping values are not allowed"),
        ("a: b\nc: 'd\n", 4, "end of stream"),
        ("a:\n\tc: d\n", 3, "token"),
        ("a: *b\n", 2, "undefined alias"),
        ("a: b\nc: d\ne: @f\n", 4, "token"),
        ("a: one\u2028two\x85three\nb: [\n", 4, "flow node"),
        ("a: b\n? [c]\n: d\n", 3, "a key that is a list or a mapping"),
        ("a: b\nc: \"\\q\"\n", 3, "escape"),
        ("%NOPE\n", 2, "directive"),
        ("a: {{ title }}\n", 2, "a key that is a list or a mapping"),
        ("a: b\n--- c\n", 3, "more than one document"),
        ("a: b\n<<: c\n", 3, "mapping"),
        ("just text\n", 2, "text, not a mapping"),
        ("- a\n- b\n", 2, "a list, not a mapping"),
    ],
)  # fmt: skip
def test_an_error_names_its_line_in_the_file(yaml: str, line: int, words: str) -> None:
    with pytest.raises(FrontMatterError, match=words) as caught:
        read(yaml)
    assert caught.value.line == line
    assert "\n" not in caught.value.reason


@pytest.mark.parametrize(
    "yaml",
    [
        "a: " + "[" * 100_000,
        "a: " + "{a: " * 100_000,
        "a: " + "[{a: " * 100_000 + "b" + "}]" * 100_000,
        "- " * 100_000 + "a",
        "? " * 100_000 + "a",
        "- ? " * 100_000 + "a",
        "-\n" * 100_000 + "a",
        "\n".join(" " * level + "a:" for level in range(3_000)),
        "\n".join(" " * level + "- # comment" for level in range(3_000)),
        "\n".join(" " * level + "a:\n" + " " * level + "-" for level in range(2_000)),
    ],
    ids=["lists", "mappings", "both", "dashes", "keys", "dashes and keys", "lines", "indent", "comments", "in place"],
)
def test_deep_nesting_is_refused_at_once(yaml: str) -> None:
    started = time.process_time()
    with pytest.raises(FrontMatterError) as caught:
        read(yaml)
    assert time.process_time() - started < 2
    assert "nested deeper than 40 levels" in caught.value.reason or yaml.startswith("-\n")
    assert caught.value.line >= 2


def test_the_depth_is_that_of_the_limits() -> None:
    limits = Limits(depth=5)
    assert read("a: [[[[b]]]]", limits) == {"a": [[[["b"]]]]}
    with pytest.raises(FrontMatterError, match="nested deeper than 5 levels") as caught:
        read("z: y\na: [[[[[b]]]]]", limits)
    assert caught.value.line == 3


def test_many_brackets_side_by_side_are_not_deep() -> None:
    assert read("a: [" + "[b], " * 500 + "]\nc: '" + "[" * 500 + "'\n") == {"a": [["b"]] * 500, "c": "[" * 500}


def bomb(line: str, join: str = ", ") -> str:
    """Nine levels, each nine times the one before. `line` has `{name}` and `{parts}`."""
    lines = ["a0: &a0 {x: y}"]
    for level in range(1, 10):
        parts = join.join(line.format(number=number, name=f"a{level - 1}") for number in range(9))
        lines.append(f"a{level}: &a{level} " + ("{<<: [%s]}" if line == "*{name}" else "{%s}") % parts)
    return "\n".join(lines)


@pytest.mark.parametrize(
    "yaml",
    [
        bomb("k{number}: *{name}"),
        bomb('"k{number}":*{name}', ","),
        bomb("*{name}"),
        "a: &a {" + ", ".join(f"k{n}: v" for n in range(9_000)) + "}\nb: {<<: [" + ", ".join(["*a"] * 9_000) + "]}",
    ],
    ids=["values", "values without a space", "merge keys", "merge keys side by side"],
)
def test_a_bomb_of_aliases_is_refused_at_once(yaml: str) -> None:
    started = time.process_time()
    with pytest.raises(FrontMatterError, match="more than 200,000 values"):
        read(yaml)
    assert time.process_time() - started < 1


@pytest.mark.parametrize("yaml", ["a: &a [*a]", 'a: &a {"b":*a}', "a: &a {b: [c, {d: *a}]}", "a: &a {<<: *a, b: c}"])
def test_a_value_that_contains_itself_is_refused(yaml: str) -> None:
    with pytest.raises(FrontMatterError, match="contains itself"):
        read(yaml)


@pytest.mark.parametrize(("value", "name"), [(None, "empty"), ([], "a list"), ({}, "a mapping"), ("a", "text")])
def test_the_shape_of_a_value_is_named(value: Value, name: str) -> None:
    assert kind(value) == name
