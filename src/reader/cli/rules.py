"""The command that follows the rules of the configuration for stories that are there: `reader rules apply`."""

from __future__ import annotations

import sys

import click

from reader.base.paths import config_file
from reader.base.text import clean
from reader.base.wording import plural
from reader.cli.libraries import complete_folders, own_marks, synced
from reader.cli.printing import NOTHING_FOUND, now, prints, say
from reader.cli.stories import rows_of, say_line
from reader.feeds.rules import apply_rules, run_commands
from reader.settings.config import Rule
from reader.settings.file import load_config


@click.group("rules")
def rules_commands() -> None:
    """The rules of the configuration, [[rules]]: what is done to stories that come in."""


@rules_commands.command("apply")
@click.argument("folder", required=False, shell_complete=complete_folders)
@click.option("--dry-run", is_flag=True, help="Print which stories each rule holds for, and do nothing.")
@click.option("--run", "runs", is_flag=True, help="Run the rules' commands as well: once for each story.")
@prints
def apply(folder: str | None, *, dry_run: bool, runs: bool) -> None:
    """Follow the rules for all stories of a library, as for those that come in."""
    config = load_config(config_file())
    if not config.rules:
        say("the configuration has no [[rules]]", err=True)
        sys.exit(NOTHING_FOUND)
    library, failed = synced(folder), False
    with own_marks() as marks:
        told = apply_rules(config.rules, library, marks, now(), dry=dry_run)
    for applied in run_commands(told, library) if runs and not dry_run else told:
        say(f"{rule_text(applied.rule)}: {plural(len(applied.stories), 'story', 'stories')}")
        if applied.failed:
            failed = True
            say(f"reader: {applied.failed}", err=True)
        for row in rows_of(library, applied.stories if dry_run else ()):
            say_line(library, row)
    sys.exit(NOTHING_FOUND if failed else 0)


def rule_text(rule: Rule) -> str:
    """A rule as a person reads it: `provider:pr -> read, tag:ad`."""
    command = (f"run {' '.join(rule.run)}",) if rule.run else ()
    return clean(f"{rule.when} -> {', '.join((*rule.then, *command))}")
