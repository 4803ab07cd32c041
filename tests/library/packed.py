"""What lies in packed lists, row by row, and with keys in the place of ids."""

from __future__ import annotations

import sqlite3

from reader.coverage.likeness.odds import ALIKE, kept
from reader.library.index.events.bonds import BondRow, Bonds
from reader.library.index.storage.packed_lists import IdLists, WeighedLists
from reader.library.sync.bonds.clues import DAY_SECONDS
from reader.library.sync.bonds.nearest import LEAST


def bond_rows(connection: sqlite3.Connection) -> list[BondRow]:
    """All bonds, each once."""
    owners = _owners(connection, "bonds")
    return list(Bonds(connection).inside(dict.fromkeys(owners, 0)))


def bonds_told(connection: sqlite3.Connection) -> list[tuple[str, str, int, int]]:
    """All bonds: the lesser key, the greater one, odds and basis."""
    keys = _keys(connection)
    return [(*sorted((keys[bond.a], keys[bond.b])), bond.odds, bond.basis) for bond in bond_rows(connection)]  # type: ignore[misc] # the sorted ones are two


def nearest_told(connection: sqlite3.Connection) -> list[tuple[str, str, int]]:
    """The nearest of articles that have many near them: key, the other's key, nearness."""
    keys = _keys(connection)
    return [
        (keys[article], keys[other], nearness)
        for article, near in WeighedLists(connection, "nearest", LEAST).each(_owners(connection, "nearest"))
        for other, nearness in near.items()
    ]


def check_lists(connection: sqlite3.Connection) -> None:
    """Look at what holds for the lists of any index: both sides of all that has two tell the same."""
    bonds = WeighedLists(connection, "bonds", kept(ALIKE)).of(_owners(connection, "bonds"))
    assert all(bonds[other][article] == weight for article, near in bonds.items() for other, weight in near.items())
    assert all(near and article not in near for article, near in bonds.items())
    near = WeighedLists(connection, "nearest", LEAST).of(_owners(connection, "nearest"))
    chosen = {(article, other) for article, others in near.items() for other in others}
    nearest_to = IdLists(connection, "nearest_to").of(_owners(connection, "nearest_to"))
    assert {(article, other) for other, articles in nearest_to.items() for article in articles} == chosen
    days = IdLists(connection, "compared_days").of(_owners(connection, "compared_days"))
    of_days = sorted((article, day) for day, articles in days.items() for article in articles)
    published = connection.execute("SELECT article, published FROM compared ORDER BY article").fetchall()
    assert of_days == [(article, seconds // DAY_SECONDS) for article, seconds in published]


def _owners(connection: sqlite3.Connection, table: str) -> list[int]:
    return [row[0] for row in connection.execute(f"SELECT id FROM {table}")]


def _keys(connection: sqlite3.Connection) -> dict[int, str]:
    return dict(connection.execute("SELECT id, key FROM articles"))
