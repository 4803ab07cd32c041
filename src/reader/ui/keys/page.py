"""The table of keys: as Markdown for the README, and narrowed by what is typed in the help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from reader.ui.keys.bindings import KeyRow


def markdown_table(rows: Iterable[KeyRow]) -> Iterator[str]:
    """The lines of a Markdown table of keys, by area."""
    yield "| keys | do | id |"
    yield "|---|---|---|"
    area = ""
    for row in rows:
        if row.area != area:
            area = row.area
            yield f"| **{area}** | | |"
        keys = " ".join(f"`{_escaped(key)}`" for key in row.keys.split())
        yield f"| {keys} | {_escaped(row.tooltip)} | `{row.id}` |"


def _escaped(text: str) -> str:
    return text.replace("|", "\\|")


def matching(rows: Iterable[KeyRow], typed: str) -> list[KeyRow]:
    """The rows that have each word that was typed: as a key, or within the id, the area or what it does."""
    words = typed.split()
    return [row for row in rows if all(_has(row, word) for word in words)]


def _has(row: KeyRow, word: str) -> bool:
    if word in row.keys.split():
        return True
    folded = word.casefold()
    names = (row.keys if len(word) > 1 else "", row.id, row.tooltip, row.area)
    return any(folded in name.casefold() for name in names)
