"""YAML read as text, against PyYAML's own composer, with libyaml and without."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, assume, given
from hypothesis import strategies as st

from examples import examples, thinned
from reader.stories import yamltext
from reader.stories.limits import DEFAULT_LIMITS
from reader.stories.model import Value
from reader.stories.yamltext import YamlTextError, read_text

pytestmark = pytest.mark.versions

WORDS = st.sampled_from(
    [
        "a",
        "no",
        "1.10",
        "2020-02-30",
        "null",
        "~",
        "",
        "1e9",
        "0x1f",
        "=",
        "<",
        "a: b",
        "- a",
        "#a",
        "a #b",
        "'",
        '"',
        "\\",
        "é",
        "中文",
        "😀",
        "a\nb",
        "a\n\nb\n",
        " a ",
        "\ta",
        "|",
        ">",
        "&a",
        "*a",
        "!a",
        "%a",
        "@a",
        "`a",
        "[a",
        "{a",
        "a,b",
        "a" * 90,
        "yes",
        "12:30:00",
        "?",
        "? a",
        "-",
        "--- a",
        "\u00a0",
        "one two " * 15,
    ]
)
TEXTS = WORDS | st.text(st.characters(codec="utf-8", exclude_categories=("Cc", "Cs", "Cn")), max_size=8)
STRUCTURES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4), max_leaves=12
)
STYLES = st.fixed_dictionaries(
    {
        "default_style": st.sampled_from([None, "'", '"', "|", ">"]),
        "default_flow_style": st.sampled_from([None, True, False]),
        "allow_unicode": st.booleans(),
        "width": st.sampled_from([10, 80, 1000]),
        "indent": st.sampled_from([2, 4]),
        "canonical": st.sampled_from([False, False, True]),
        "explicit_start": st.booleans(),
    }
)


@pytest.fixture(params=[yamltext._Parser, yamltext._PureParser], ids=["usual", "pure"])
def _each_parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Run a test with the usual parser, and with the one of pure Python."""
    monkeypatch.setattr(yamltext, "_Parser", request.param)


each_parser = pytest.mark.usefixtures("_each_parser")
quick = examples(120, HealthCheck.function_scoped_fixture, HealthCheck.too_slow)


def read(text: str, **limits: int) -> Value:
    return read_text(text, DEFAULT_LIMITS._replace(**limits))  # type: ignore[arg-type]


class _AsText(yaml.CSafeLoader):
    """PyYAML's loader with every scalar as it is written."""


def _scalar(loader: yaml.CSafeLoader, node: yaml.ScalarNode) -> str:
    return str(node.value)


for _kind in ("int", "float", "bool", "timestamp", "binary", "value"):
    _AsText.add_constructor(f"tag:yaml.org,2002:{_kind}", _scalar)


def with_keys_as_text(value: Any) -> Any:
    """A null as a key is the word."""
    if isinstance(value, list):
        return [with_keys_as_text(part) for part in value]
    if isinstance(value, dict):
        return {"null" if key is None else key: with_keys_as_text(part) for key, part in value.items()}
    return value


@each_parser
@quick
@given(STRUCTURES, STYLES)
def test_what_was_written_is_read(structure: Any, style: dict[str, Any]) -> None:
    text = yaml.safe_dump(structure, **style)
    loaded = yaml.load(text, _AsText)
    assume(loaded == structure)  # PyYAML folds a text with a quote wrongly where a line has next to no room
    assert read(text) == loaded


PLAIN = st.sampled_from(
    ["a", "no", "Yes", "1", "1.10", "0x1f", "1e9", ".inf", "2020-02-20", "10:30", "null", "~", "Null", "é", "="]
)
NESTED = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(PLAIN, inner, max_size=4), max_leaves=10
)


def in_flow(value: Any) -> str:
    """A structure as YAML, with every scalar plain."""
    if isinstance(value, list):
        return f"[{', '.join(map(in_flow, value))}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {in_flow(part)}" for key, part in value.items()) + "}"
    return str(value)


@each_parser
@quick
@given(NESTED)
def test_plain_scalars_are_their_text(structure: Any) -> None:
    text = in_flow(structure)
    assert read(text) == with_keys_as_text(yaml.load(text, _AsText))


@each_parser
@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# note", None),
        ("a:", {"a": None}),
        ("a: ''", {"a": ""}),
        ("a: !!null x", {"a": None}),
        ("a: !!str ~", {"a": "~"}),
        ("a: 'null'", {"a": "null"}),
        ("a: !x 1", {"a": "1"}),
        ("a: 1\na: 2", {"a": "2"}),
        ("a: &x [1]\nb: *x", {"a": ["1"], "b": ["1"]}),
        ("a: &x 1\nb: &x 2\nc: *x", {"a": "1", "b": "2", "c": "2"}),
        ("&x a: 1\nb: *x", {"a": "1", "b": "a"}),
        ("&x a: 1\n*x : 2", {"a": "2"}),
        ("a: &x {b: 1, c: 2}\nd:\n  <<: *x\n  c: 3", {"a": {"b": "1", "c": "2"}, "d": {"b": "1", "c": "3"}}),
        ("a:\n  c: 3\n  <<: {b: 1, c: 2}", {"a": {"b": "1", "c": "3"}}),
        ("a:\n  <<: [{b: 1}, {b: 2, c: 3}]", {"a": {"b": "1", "c": "3"}}),
        ("'<<': {b: 1}", {"<<": {"b": "1"}}),
        ("? a\n: b\n? c", {"a": "b", "c": None}),
        ("~: a", {"null": "a"}),
    ],
)
def test_what_yaml_means(text: str, value: Value) -> None:
    assert read(text) == value


@each_parser
@pytest.mark.parametrize(
    ("text", "line", "reason"),
    [
        ("a: 1\nb: [", None, "."),
        ("a: 1\nb: *x", 1, "undefined alias"),
        ("a: &x\n  - *x", 1, "contains itself"),
        ("a: 1\n? [b]\n: 2", 1, "a key that is a list"),
        ("a: 1\n? {b: c}\n: 2", 1, "a key that is a list or a mapping"),
        ("a: 1\n<<: b", 1, "merge key"),
        ("a: 1\n--- \nb: 2", 1, "more than one document"),
        ("a: 1\nb: @c", 1, "cannot start any token"),
    ],
)
def test_what_is_refused(text: str, line: int | None, reason: str) -> None:
    with pytest.raises(YamlTextError, match=reason) as caught:
        read(text)
    assert caught.value.reason
    if line is not None:
        assert caught.value.line == line


@each_parser
@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ("{a: ", "}")])
def test_the_limit_on_depth(opened: str, closed: str) -> None:
    assert read(opened * 5 + closed * 5, depth=5) is not None
    with pytest.raises(YamlTextError, match="nested deeper than 5 levels"):
        read(opened * 6 + closed * 6, depth=5)
    with pytest.raises(YamlTextError, match="nested deeper"):
        read(opened * 5_000)


def directives(count: int) -> str:
    return "".join(f"%TAG !{number}! tag:a.test,2020:{number}\n" for number in range(count))


@each_parser
@pytest.mark.parametrize("before", thinned(["", "# note\n\n", "%YAML 1.1\n"], every=2))
def test_the_limit_on_directives(before: str) -> None:
    assert read(f"{before}{directives(4)}---\na: 1", directives=5) == {"a": "1"}
    for begun in (before, "a: 1\n... # end\n"):
        with pytest.raises(YamlTextError, match="more than 5 lines of % directives") as caught:
            read(f"{begun}{directives(80_000)}---\na: 1", directives=5)
        assert caught.value.line == begun.count("\n...")


@each_parser
def test_signs_of_per_cent_are_no_directives() -> None:
    lines = "%x\n" * 9
    assert read(f'a: "\n{lines}"', directives=5) == {"a": " " + "%x " * 9}
    assert read(f"a: |\n{lines.replace('%', ' %')}", directives=5) == {"a": lines}


@each_parser
@pytest.mark.parametrize("opened", thinned(["[", "{", "[{", "[ ", "[? ", "[a, ", "{a: "], every=4))
def test_the_limit_on_depth_has_our_words_where_libyaml_has_a_limit_of_its_own(opened: str) -> None:
    deep = opened * 2_000
    with pytest.raises(YamlTextError, match=r"^nested deeper than 40 levels$") as caught:
        read(f"title: x\nlinks: [[\n[\n{deep}")
    assert caught.value.line == 3
    with pytest.raises(YamlTextError, match=r"^nested deeper than 40 levels$") as caught:
        read(deep)
    assert caught.value.line == 0


@each_parser
def test_the_limit_on_values() -> None:
    assert read("[a, b, c]", values=4) == ["a", "b", "c"]
    with pytest.raises(YamlTextError, match="more than 3 values"):
        read("[a, b, c]", values=3)


@each_parser
def test_aliases_count_in_full() -> None:
    text = "a: &x [1, 2, 3]\nb: *x"  # a, b, two lists of three, and the whole
    assert read(text, values=11) is not None
    with pytest.raises(YamlTextError, match="more than 10 values"):
        read(text, values=10)


@each_parser
def test_laughs_are_stopped_early() -> None:
    laughs = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 10)}]\n" for n in range(1, 12))
    with pytest.raises(YamlTextError, match="aliases counted in full"):
        read(f"l0: &l0 ha\n{laughs}")


@each_parser
def test_what_is_merged_counts_among_the_values() -> None:
    merges = "".join(f"m{n}:\n  <<: *m\n" for n in range(20))
    with pytest.raises(YamlTextError, match="more than 100 values"):
        read(f"m: &m {{a: 1, b: 2, c: 3}}\n{merges}", values=100)
