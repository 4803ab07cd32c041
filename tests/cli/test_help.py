"""The help's pages, and the README they are made of."""

from __future__ import annotations

from collections import Counter

import click
import pytest
from click.testing import CliRunner

from help_pages import README, SECTIONS, page_of, with_keys
from reader.cli.main import cli
from reader.data.help import TOPICS, page
from reader.ui.keys.bindings import key_table

ANEW = "run: python tests/help_pages.py"


def test_the_readmes_table_of_keys_is_that_of_the_bindings() -> None:
    readme = README.read_text(encoding="utf-8")
    assert with_keys(readme) == readme, ANEW
    assert all(f"`{row.id}`" in readme for row in key_table())


def test_every_topic_has_a_page_and_every_page_a_topic() -> None:
    assert set(TOPICS) == set(SECTIONS)


@pytest.mark.parametrize("topic", SECTIONS)
def test_a_page_says_what_the_readme_says(topic: str) -> None:
    assert page(topic) == page_of(README.read_text(encoding="utf-8"), topic), ANEW


@pytest.mark.parametrize("topic", TOPICS)
def test_a_page_is_printed_plain_where_there_is_no_terminal(topic: str) -> None:
    outcome = CliRunner().invoke(cli, ["help", topic])
    assert outcome.exit_code == 0
    assert "\x1b" not in outcome.output
    assert "screenshots/" not in outcome.output
    assert max(map(len, outcome.output.splitlines())) <= 80


def test_without_a_topic_all_are_listed() -> None:
    outcome = CliRunner().invoke(cli, ["help"])
    assert outcome.exit_code == 0
    assert all(f"reader help {topic} " in outcome.output for topic in TOPICS)


@pytest.mark.parametrize(("topic", "said"), [("querry", "query"), ("mark", "marks"), ("\x1b[31m", "there are keys, ")])
def test_an_unknown_topic_names_the_nearest(topic: str, said: str) -> None:
    outcome = CliRunner().invoke(cli, ["help", topic])
    assert outcome.exit_code == 2
    assert said in outcome.stderr
    assert "\x1b" not in outcome.stderr


def test_keys_are_printed_as_the_readmes_table() -> None:
    outcome = CliRunner().invoke(cli, ["keys", "--markdown"])
    assert outcome.exit_code == 0
    assert outcome.output.strip() in README.read_text(encoding="utf-8")


def completed(*words: str) -> list[tuple[str, str]]:
    """What bash is told to offer: kind and value of each."""
    environment = {
        "_READER_COMPLETE": "bash_complete",
        "COMP_WORDS": " ".join(["reader", *words]),
        "COMP_CWORD": str(len(words)),
    }
    outcome = CliRunner().invoke(cli, prog_name="reader", env=environment)
    assert outcome.exit_code == 0
    return [(kind, value) for kind, _, value in (line.partition(",") for line in outcome.output.splitlines())]


@pytest.mark.parametrize(
    ("words", "offered", "not_offered"),
    [
        (("",), [("plain", "list"), ("plain", "help"), ("plain", "marks"), ("dir", "")], [("plain", "read")]),
        (("li",), [("plain", "list"), ("dir", "li")], [("plain", "help")]),
        (("-",), [("plain", "--version"), ("plain", "--fresh"), ("plain", "-q")], [("dir", "-")]),
        (("~/news", "--f"), [("plain", "--fresh")], [("plain", "--version")]),
        (("list", "--j"), [("plain", "--json")], []),
        (("list", "--sort", "q"), [("plain", "quality")], []),
        (("list", "ne"), [("dir", "ne")], []),
        (("show", "a"), [("file", "a")], []),
        (("help", "q"), [("plain", "query")], [("plain", "keys")]),
        (("marks", "e"), [("plain", "export")], []),
    ],
)  # fmt: skip
def test_a_shell_completes(
    words: tuple[str, ...], offered: list[tuple[str, str]], not_offered: list[tuple[str, str]]
) -> None:
    found = completed(*words)
    assert set(offered) <= set(found)
    assert not set(not_offered) & set(found)
    assert len(found) == len(set(found))


def test_each_command_is_told_once() -> None:
    lines = [line.split() for line in page_of(README.read_text(encoding="utf-8"), "commands").splitlines()]
    told = Counter(line[1] for line in lines if line[:1] == ["reader"])
    assert set(told) == {"[FOLDER]", *cli.list_commands(click.Context(cli))} - {"read"}
    assert set(told.values()) == {1}
