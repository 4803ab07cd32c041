"""The help's pages: Markdown files beside this one, each cut out of the README by `python tests/help_pages.py`."""

from __future__ import annotations

from pathlib import Path

TOPICS = {
    "keys": "all keys, and what they do",
    "query": "what can be typed to find stories",
    "coverage": "events, wire copy, and who else reported it",
    "views": "saved queries, and the side bar",
    "marks": "read, starred, tags, notes, watched",
    "sharing": "pipes, share targets, saving, the clipboard, images",
    "feeds": "news that comes in by feeds, and coming over from newsboat",
    "config": "the configuration file",
    "commands": "the commands that print, and their JSON",
    "files": "what files are read, and where the program keeps its own",
    "shell": "completion in bash, zsh and fish",
    "trouble": "what to do when something does not work",
}
"""Topics with what each is about."""


def page(topic: str) -> str:
    """The page of a topic, as Markdown.

    Args:
        topic: one of `TOPICS`.
    """
    return Path(__file__).with_name(f"{topic}.md").read_text(encoding="utf-8")
