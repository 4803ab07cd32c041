from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.settings.source import Source

TEXT = '''# a comment with "quotes" and [brackets]
theme = "nord"    # theme
"quoted key" = 'x'
many = """
theme2 = 1
\\""" still here
"""
raw = \'\'\'
[no.table]
''\'\'\'
when = 1979-05-27 07:32:00.5
list = [
  "a", # one
  [1, 2.5],
  { name = "inner", more = { deep = true } },
]
[keys]
list.search = "/"
"story.open" = "o"

[[views]]
name = "one"
[[views]]
  name = "two"
  query = "x"
[views.extra]
sort = 1
[[share]]
command = [
  "a",
  "{url}"]
[a.b]
c = 1
'''


@pytest.mark.parametrize(
    ("setting", "line"),
    [
        ("theme", 2), ("quoted key", 3), ("many", 4), ("raw", 8), ("when", 11), ("list", 12), ("list.0", 13),
        ("list.1", 14), ("list.1.1", 14), ("list.2", 15), ("list.2.name", 15), ("list.2.more.deep", 15),
        ("keys", 17), ("keys.list.search", 18), ("keys.story.open", 19), ("views", 21), ("views.0", 21),
        ("views.0.name", 22), ("views.1", 23), ("views.1.query", 25), ("views.1.extra.sort", 27),
        ("share.0.command", 29), ("share.0.command.1", 31), ("a.b.c", 33),
        # what is not there has the line of what is around it
        ("views.0.query", 21), ("keys.list.nothing", 18), ("nothing", 1), ("", 1), ("theme2", 1), ("no.table", 1),
    ],
)  # fmt: skip
def test_each_setting_has_its_line(setting: str, line: int) -> None:
    tomllib.loads(TEXT)
    assert Source(Path("f.toml"), TEXT).place(setting) == f"f.toml:{line}"
    assert Source(Path("f.toml"), TEXT.replace("\n", "\r\n")).place(setting) == f"f.toml:{line}"


_KEYS = st.sampled_from(["a", "b", '"c d"', "'e'", '"\\u00e9"', "f.g", '"".h', "1"])
_VALUES = st.recursive(
    st.sampled_from(
        ['"x"', "'y'", "1.5", "true", "2020-01-01", '"""m\nn"""', "'''o\np'''", '"]#"', '""""q"""', "-1e5"]
    ),
    lambda inner: (
        st.lists(inner, max_size=3).map(lambda items: "[\n" + "".join(f"{item}, # ]\n" for item in items) + "]")
        | st.dictionaries(_KEYS, inner, max_size=2).map(
            lambda pairs: "{" + ", ".join(f"{key} = {value}" for key, value in pairs.items()) + "}"
        )
    ),
    max_leaves=6,
)
_LINES = st.one_of(
    st.tuples(_KEYS, _VALUES).map(lambda pair: f"{pair[0]} = {pair[1]}"),
    _KEYS.map(lambda key: f"[{key}]"),
    _KEYS.map(lambda key: f"[[ {key} ]] # it's"),
    st.just("# comment"),
)


def paths_in(value: object, path: str | None = None) -> list[str]:
    """The paths of all that is in a value."""
    pairs: list[tuple[str, object]] = []
    if isinstance(value, dict):
        pairs = [(str(key), inner) for key, inner in value.items()]
    elif isinstance(value, list):
        pairs = [(str(number), inner) for number, inner in enumerate(value)]
    found = [key if path is None else f"{path}.{key}" for key, _ in pairs]
    return found + [one for (_, inner), where in zip(pairs, found, strict=True) for one in paths_in(inner, where)]


@given(st.lists(_LINES, max_size=8))
def test_nothing_of_a_valid_file_is_without_a_line(lines: list[str]) -> None:
    text = "\n".join(lines)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    known = Source(Path("f"), text)._lines
    for path in paths_in(data):
        assert 1 <= known[path] <= text.count("\n") + 1
