"""Markdown that strangers wrote, set on the thread that draws."""

from __future__ import annotations

import time
from io import StringIO

import pytest
from rich.console import Console

from examples import thinned
from hostile.worst import BODIES, SECONDS, table
from reader.stories.limits import MARKDOWN_CHARACTERS, TABLE_CELLS
from reader.ui.look.markdown import LeftMarkdown, as_lines


@pytest.mark.parametrize("name", thinned(BODIES, 12))
def test_the_worst_body_is_set_at_once(name: str) -> None:
    body = BODIES[name]
    assert len(body) <= MARKDOWN_CHARACTERS
    console = Console(width=88, file=StringIO(), color_system="truecolor")
    begun = time.process_time()
    console.render_lines(LeftMarkdown(body, hyperlinks=True), pad=False)
    assert time.process_time() - begun < SECONDS


def test_code_is_set_as_it_is_written_whatever_its_language() -> None:
    code = "def f():\n\treturn [1]  # [b]one[/b]"
    for fence in (f"```python\n{code}\n```", "\n".join(f"    {line}" for line in code.split("\n"))):
        assert as_lines(fence, 60)[1:3] == [" def f():", "     return [1]  # [b]one[/b]"]


def test_a_table_is_a_table_up_to_a_number_of_cells_and_else_stands_as_it_is_written() -> None:
    small = "|a|b|\n|-|-|\n|c|d|\n"
    assert not any("|" in line for line in as_lines(small, 60))
    large = table(10)
    shown = as_lines(f"{large}\n{small}\nafter", 60)
    assert [line.strip() for line in shown if "|a|" in line] == large.split("\n")[:1] * (large.count("\n") - 1)
    assert not any("|c|d|" in line for line in shown), "what is left over is enough for a small one"
    assert shown[-1] == "after"


def test_the_tables_of_a_body_share_the_cells() -> None:
    rows = TABLE_CELLS // 10
    tables = [f"|{name}|b|c|d|\n|-|-|-|-|\n" + "|1|2|3|4|\n" * rows for name in "xyz"]
    shown = as_lines("\n".join(tables), 60)
    assert [name for name in "xyz" if any(f"|{name}|" in line for line in shown)] == ["z"]
