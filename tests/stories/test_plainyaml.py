"""Plain YAML, against PyYAML: what is read by one pattern is what PyYAML's events give, or nothing."""

from __future__ import annotations

import time
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from examples import examples
from hostile.worst import SECONDS
from reader.stories import yamltext
from reader.stories.limits import DEFAULT_LIMITS
from reader.stories.model import Value
from reader.stories.plainyaml import read_plain
from reader.stories.yamltext import YamlTextError, read_text

pytestmark = pytest.mark.versions

KEYS = [
    "a", "b", "Title", "published_date-time", "_x", "null", "Null", "no", "9", "é", "<<", "~", "a b", '"a"', "a" * 70,
]  # fmt: skip
VALUES = [
    "", "a", "no", "1.10", "-1", "-", "- a", "--", "---", "...", "null", "Null", "nULL", "~", "2020-02-20T10:00:00Z",
    "https://a.test/b#c", "https://a.test/b?c=d&e", "/a.jpg", "a b", "a  b", "a ", " a", "a: b", "a:", "a:b", "a::b",
    "a :b", ":a", "a #b", "a#b", "#a", '"a"', '""', '"a: b # c"', r'"a\"b\\"', r'"a\nb"', r'"\u00e9"', '"a', 'a"',
    '"a" b', "'a'", "''", "'it''s'", "'a", "'a\\b'", "(a)", "[a]", "[", "{a: b}", "&x a", "*x", "!x a", "|", ">", "%a",
    "@a", "`a", "?", "? a", "=", "été", "École", "中文", "😀", "\u00a0a", "a\u00a0", "\u2028a", "a\u2029b", "a\u0085b",
    "a\ufeffb", "\ufeff", "a\u0080", "a\tb", "\ta", "a\t", '"a\tb"', '"a\x07"', "a\x00", "a,b", "$a", "+a", ".a",
    "a{b}", "a\\b", "a'b", "a]", "a|", "a>",
]  # fmt: skip
LINES = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "", "  ", "  ", "    ", " ", "   ", "\t"]),
    st.sampled_from(["", "", "", "- ", "- ", "-", "-  ", "- - "]),
    st.builds("{}{}".format, st.sampled_from(KEYS), st.sampled_from([": ", ": ", ":", ":  ", " : "])) | st.just(""),
    st.sampled_from(VALUES),
)
NEARLY = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["", "", "  ", "    "]),
    st.sampled_from(["", "", "- "]),
    st.sampled_from(["a: ", "b: ", "c:", "a:", ""]),
    st.sampled_from(["", "a", '"b"', "c d"]),
)
"""Lines of which each by itself is plain; how they are indented may mean anything."""

NAMES = st.sampled_from(["a", "b", "c-d", "eF"])
SCALARS = st.sampled_from(["a", "b c", "1.10", "it's", "a:b", "x, y", "a/b", "né", "(a)"])
STRUCTURES = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(SCALARS, min_size=1, max_size=3)
        | st.lists(st.dictionaries(NAMES, inner, min_size=1, max_size=3), min_size=1, max_size=3)
        | st.dictionaries(NAMES, inner, min_size=1, max_size=4)
    ),
    max_leaves=12,
).filter(lambda value: not isinstance(value, str))


def by_pyyaml(text: str, **limits: int) -> Value | YamlTextError:
    try:
        return read_text(text, DEFAULT_LIMITS._replace(**limits))  # type: ignore[arg-type]
    except YamlTextError as error:
        return error


def plain(text: str, **limits: int) -> Value:
    return read_plain(text, DEFAULT_LIMITS._replace(**limits))  # type: ignore[arg-type]


def written(value: Any, indent: str, *, deeper: str) -> str:
    """A structure as plain YAML; `deeper` is how far the items of a list stand from their key."""
    lines = ""
    if isinstance(value, list):
        for item in value:
            inner = item if isinstance(item, str) else written(item, f"{indent}  ", deeper=deeper)[len(indent) + 2 : -1]
            lines += f"{indent}- {inner}\n"
        return lines
    for key, item in value.items():
        if isinstance(item, str):
            lines += f'{indent}{key}: "{item}"\n'
        else:
            further = deeper if isinstance(item, list) else "  "
            lines += f"{indent}{key}:\n{written(item, indent + further, deeper=deeper)}"
    return lines


@pytest.mark.parametrize("parser", [yamltext._Parser, yamltext._PureParser], ids=["usual", "pure"])
@examples(1_600)
@given(st.lists(LINES, max_size=5) | st.lists(NEARLY, max_size=9))
@example(["a:", "- b", "c: d"])
@example(["- a:", "  - b", "- c"])
@example(["a:", "  - b", "  c: d"])
@example(["a: b", "  - c"])
def test_it_gives_what_pyyaml_gives_or_nothing(parser: Any, lines: list[str]) -> None:
    text = "\n".join(lines)
    found = plain(text)
    if found is not None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(yamltext, "_Parser", parser)
            assert found == by_pyyaml(text)


@examples(400)
@given(STRUCTURES, st.sampled_from(["", "  "]), st.sampled_from(["", "\n"]))
def test_it_reads_what_is_plain(structure: Any, deeper: str, end: str) -> None:
    text = written(structure, "", deeper=deeper) + end
    assert plain(text) == structure == by_pyyaml(text)


@pytest.mark.parametrize("value", VALUES)
@pytest.mark.parametrize("before", ["a: ", "- ", "- a: "])
def test_each_value(before: str, value: str) -> None:
    found = plain(f"{before}{value}")
    assert found is None or found == by_pyyaml(f"{before}{value}")


@pytest.mark.parametrize(
    "value",
    [
        "a",
        "no",
        "-1",
        "2020-02-20T10:00:00Z",
        "a b",
        "a:b",
        '"a: b # c"',
        r'"a\"b\\"',
        '""',
        "'a'",
        "(a)",
        "École",
        "😀",
        "null",
    ],
)
def test_usual_values_are_plain(value: str) -> None:
    assert plain(f"a: {value}") is not None


@pytest.mark.parametrize(
    "text", ["", "\n", "a", "# a", "a: 1 # b", "a: [b]", "a: |\n  b", "a: b\n  c", "--- \na: b", "a: b\n...\n"]
)
def test_other_yaml_is_left_to_pyyaml(text: str) -> None:
    assert plain(text) is None


@examples(200)
@given(STRUCTURES, st.integers(1, 6), st.integers(1, 40), st.integers(1, 5))
def test_it_keeps_to_the_limits(structure: Any, depth: int, values: int, keys: int) -> None:
    text = written(structure, "", deeper="  ")
    limits = {"depth": depth, "values": values, "keys": keys}
    found = plain(text, **limits)
    assert found is None or found == by_pyyaml(text, **limits)


def test_a_level_too_many_is_left_to_pyyaml() -> None:
    assert plain("a:\n  b:\n    - c", depth=2) is None
    assert plain("a:\n  b:\n    - c", depth=3) == {"a": {"b": ["c"]}}
    assert plain("- a:\n    - b", depth=2) is None
    assert plain("- a:\n    - b", depth=3) == [{"a": ["b"]}]


@pytest.mark.parametrize("unit", ['\\"', "\\\\", 'a\\"', '\\\\\\"'])
def test_escapes_take_no_time(unit: str) -> None:
    text = f'a: "{unit * (DEFAULT_LIMITS.file_bytes // len(unit))}"'
    begun = time.process_time()
    found = plain(text)
    assert time.process_time() - begun < SECONDS
    assert found == by_pyyaml(text)
