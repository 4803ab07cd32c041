"""What the tests of queries share."""

from __future__ import annotations

from collections.abc import Iterator

from reader.library.query.tree import Node, Not, Term


def terms_of(node: Node | None) -> Iterator[Term]:
    """All terms of a tree."""
    if isinstance(node, Term):
        yield node
    elif node is not None:
        for part in (node.part,) if isinstance(node, Not) else node.parts:
            yield from terms_of(part)
