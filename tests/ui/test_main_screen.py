"""The main screen is made of parts: what it is by itself stays small, and every key finds the part that acts."""

from __future__ import annotations

from collections import Counter
from types import FunctionType

from reader.ui.keys.bindings import LIST, MAIN, MOVES, TREE
from reader.ui.main_screen import MainScreen


def own_classes(of: type) -> list[type]:
    """The classes of this program among those that a class is made from."""
    return [one for one in of.__mro__ if one.__module__.startswith("reader.")]


def longest_chain(of: type) -> int:
    """How many classes of this program stand above one another, the class itself included."""
    bases = [longest_chain(base) for base in of.__bases__ if base.__module__.startswith("reader.")]
    return 1 + max(bases, default=0)


def test_it_stands_on_no_chain_of_ancestors() -> None:
    assert longest_chain(MainScreen) <= 2


def test_no_two_of_its_classes_define_one_method() -> None:
    defined = Counter(
        name
        for one in own_classes(MainScreen)
        for name, value in vars(one).items()
        if isinstance(value, FunctionType | property) and not name.startswith("__")
    )
    assert [name for name, count in defined.items() if count > 1] == []


def test_every_key_has_an_action_of_its_own() -> None:
    for binding in (*MAIN, *MOVES, *LIST, *TREE):
        name = binding.action.removeprefix("screen.").partition("(")[0]
        if binding in (*MAIN, *MOVES) or binding.action.startswith("screen."):
            assert any(f"action_{name}" in vars(one) for one in own_classes(MainScreen)), binding.id
