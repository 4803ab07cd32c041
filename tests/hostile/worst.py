"""The worst that is known of what the program takes in, each at the full size that its bound lets through."""

from __future__ import annotations

from reader.stories.limits import MARKDOWN_CHARACTERS, MARKDOWN_LINES

SECONDS = 1.0
"""What one of these may take anywhere."""

MOST = 3 * SECONDS
"""What it may take in a test, on a machine that has other things to do; what grows with the square takes far more."""


def filled(unit: str, most: int = MARKDOWN_CHARACTERS) -> str:
    """A unit, as often as it fits into a number of characters and the lines of a body."""
    lines = unit.count("\n")
    times = most // len(unit)
    return unit * (min(times, MARKDOWN_LINES // lines) if lines else times)


def table(columns: int, cell: str = "a") -> str:
    """A table of some columns that fills a body."""
    row = f"|{f'{cell}|' * columns}\n"
    rule = f"|{'-|' * columns}\n"
    return row + rule + filled(row, MARKDOWN_CHARACTERS - len(row) - len(rule))[: -2 * len(row)]


LEXERS = ("fan", "make", "desktop", "gnuplot", "devicetree", "aspectj", "ng2", "python", "text")
"""Names of lexers, most of which take minutes for some text of this size."""

BODIES = {
    **{f"a fence, {name}": f"```{name}\n{'a' * (MARKDOWN_CHARACTERS - 20)}" for name in LEXERS},
    "many fences": filled("```\n\n```\n"),
    "a fence of lines": "```\n" + "a\n" * (MARKDOWN_LINES - 2),
    **{f"a table, {columns} columns": table(columns) for columns in (1, 2, 10, 13, 30, 100, 300, 1_000, 3_000)},
    "a table of words": table(20, "ab"),
    "a table of stress": table(2, "**a**"),
    "a table of long cells": table(5, "a " * 500),
    "a table that is filled up": f"|{'a|' * 3_000}\n|{'-|' * 3_000}\n" + "a\n" * (MARKDOWN_LINES - 5),
    "a narrow table that is filled up": f"|{'a|' * 100}\n|{'-|' * 100}\n" + "a\n" * (MARKDOWN_LINES - 5),
    "many tables": filled("|a|b|\n|-|-|\n|c|d|\n\n"),
    **{
        f"much of {unit!r}": filled(unit)
        for unit in (
            "[a](http://b.c)", "[", "![", "[a](", "[[]", "*a ", "**a*_", "_a__", "*", "~~a~", "`a``b", "&amp;", "&",
            "<a ", "<!--", "<http://a.b>", "[a]: b\n", "[a](b 'c", "# a\n", "\\", "a", " a", "漢", "a\u0301", "a\n",
            "---\n", "    a\n", "\t", "a\n=\n", "> ", "- ", "- a\n", "1. a\n", "1) ", "> " * 30 + "\n", "\u200d👩",
        )
    },
    "nested lists": "".join("  " * level + "- a\n" for level in range(170)),
    "brackets in brackets": "[" * (MARKDOWN_CHARACTERS // 2) + "]" * (MARKDOWN_CHARACTERS // 2),
    "a link of brackets": "[a](" + "(" * (MARKDOWN_CHARACTERS - 4),
    "ever more grave accents": "".join("`" * count + "a" for count in range(1, 240)),
    "many references": "".join(f"[a{number}]: b\n" for number in range(900)) + "[a5]" * 4_000,
}  # fmt: skip
"""Name → a body, in Markdown."""

PATTERNS = (
    "a.*b.*c.*d", ".{0,10}" * 7 + "~", ".{0,10}" * 25 + "~", ".*.*.*~", "(.*)(.*)(.*)~", r"(.*)(.*)(.*)\1\2~",
    "s.*t.*e.*zebra", "(a+)+$~", "(a*)*b", "(a|aa)+~", "(x+x+)+y", "a?" * 30 + "a" * 30, "(a?){99}a{99}~",
    "(?:(?:.{0,30}){30})~", "(?:(?:.{0,100}){10})~", "(?:(?:.{0,10}){10}){10}~", r"(\pL{0,31}.){0,31}~",
    "(?:[ab].{100}[cd]|.{99}x){9}~", ".*.{500}z~", "(" * 99 + "a" + ")*" * 99, "|".join("ab" * 60),
    "(?:e|t|s|es|et|st|te|se)*.{0,90}(e.{90}t.{90}){2}~", "[^a]" * 50, ".*" * 100, "a{1000}", ".{1000}",
)  # fmt: skip
"""Regular expressions of 200 characters at most."""
