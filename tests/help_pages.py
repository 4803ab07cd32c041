"""Bring README and help together: `python tests/help_pages.py`.

The README's table of keys is written from the bindings. Then each page of the help is cut out of the README. A test
compares all of it.
"""

from __future__ import annotations

import re
from pathlib import Path

from reader.data import help as pages
from reader.ui.keys.bindings import key_table
from reader.ui.keys.page import markdown_table

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"

SECTIONS = {
    "keys": ("Keys",),
    "query": ("Search",),
    "coverage": ("Coverage",),
    "views": ("Views",),
    "marks": ("Marks",),
    "sharing": ("Handing stories on", "Images"),
    "feeds": ("Feeds",),
    "config": ("Configuration",),
    "commands": ("The command line",),
    "files": ("What it reads", "Where files lie"),
    "shell": ("Shell completion",),
    "trouble": ("Troubleshooting",),
}
"""Topic → the README's sections that make its page."""

_TABLE = re.compile(r"(<!-- made by tests/help_pages\.py -->\n\n).*?(\n\n<!-- end -->)", re.DOTALL)
_NOT_TO_READ = re.compile(r"^(?:!\[.*\]\(.*\)|<!-- .* -->)$\n*", re.MULTILINE)


def with_keys(readme: str) -> str:
    """The README with its table of keys as the bindings say."""
    table = "\n".join(markdown_table(key_table()))
    return _TABLE.sub(lambda match: f"{match[1]}{table}{match[2]}", readme, count=1)


def page_of(readme: str, topic: str) -> str:
    """A page of the help, cut out of the README; pictures stay behind."""
    parts = []
    for heading in SECTIONS[topic]:
        match = re.search(rf"^## {re.escape(heading)}\n.*?(?=^## |\Z)", readme, re.MULTILINE | re.DOTALL)
        if match is None:
            raise ValueError(f"the README has no section {heading!r}, of which `reader help {topic}` is made")
        parts.append(_NOT_TO_READ.sub("", match[0]).strip())
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Write the README's table and the pages."""
    readme = with_keys(README.read_text(encoding="utf-8"))
    README.write_text(readme, encoding="utf-8")
    folder = Path(pages.__file__).parent
    for topic in SECTIONS:
        (folder / f"{topic}.md").write_text(page_of(readme, topic), encoding="utf-8")


if __name__ == "__main__":
    main()
