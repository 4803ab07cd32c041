"""The lists of versions say what pyproject asks for today, and pyproject names all that is imported."""

from __future__ import annotations

import re
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, distribution, packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import NormalizedName, canonicalize_name
from packaging.version import Version

from versions.renew import EXTRAS, HERE, LISTS, OLDEST_PYTHON, PYPROJECT

PROJECT = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
ASKED = {
    canonicalize_name(asked.name): asked
    for asked in map(
        Requirement, chain(PROJECT["dependencies"], *(PROJECT["optional-dependencies"][extra] for extra in EXTRAS))
    )
}
PINNED = re.compile(r"([a-z0-9.-]+)==([^ ;]+)(?: ; .+)?")
IMPORT = re.compile(r"^ *(?:import|from) (\w+)", re.MULTILINE)
OWN = {"reader", *(path.stem for path in PYPROJECT.parent.glob("tests/*"))}


def listed(name: str) -> dict[NormalizedName, Version]:
    """The versions of a list. Every line is one, so that no host's name and no option stands in it."""
    lines = (HERE / name).read_text(encoding="utf-8").splitlines()
    pins = [PINNED.fullmatch(line) for line in lines if not line.startswith("#")]
    assert all(pins), "a line that is no version"
    return {canonicalize_name(pin[1]): Version(pin[2]) for pin in pins if pin}


def lowest_of(range_: SpecifierSet) -> Version:
    (lower,) = (Version(bound.version) for bound in range_ if bound.operator == ">=")
    return lower


@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_a_version_within_each_range_of_pyproject(name: str) -> None:
    pins = listed(name)
    missing = [asked for asked in ASKED if asked not in pins]
    outside = [str(asked) for key, asked in ASKED.items() if key in pins and pins[key] not in asked.specifier]
    assert not missing + outside, f"{name} is older than pyproject.toml: run tests/versions/renew.py"


def test_the_lowest_versions_are_those_that_pyproject_begins_with() -> None:
    pins = listed("lowest.txt")
    assert {key: pins[key] for key in ASKED} == {key: lowest_of(asked.specifier) for key, asked in ASKED.items()}


def test_every_dependency_of_the_program_has_a_range_with_two_ends() -> None:
    for asked in map(
        Requirement,
        chain(PROJECT["dependencies"], *(PROJECT["optional-dependencies"][extra] for extra in ("images", "fulltext"))),
    ):
        assert sorted(bound.operator for bound in asked.specifier) == ["<", ">="], str(asked)


def test_the_lock_has_what_its_packages_need() -> None:
    """Looked up in what is installed, as far as that is the lock's version."""
    pins = listed("locked.txt")
    for name, version in pins.items():
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue  # of another platform
        if Version(installed.version) != version:
            continue
        for needed in map(Requirement, installed.requires or ()):
            key = canonicalize_name(needed.name)
            if needed.marker is None or needed.marker.evaluate({"extra": ""}):
                assert key in pins, f"{name} needs {needed}"
                assert pins[key] in needed.specifier, f"{name} needs {needed}"


def test_the_lists_begin_with_the_oldest_python() -> None:
    assert PROJECT["requires-python"] == f">={OLDEST_PYTHON}"
    assert f"Programming Language :: Python :: {OLDEST_PYTHON}" in PROJECT["classifiers"]


def imported(folder: Path) -> set[str]:
    """The first names of all that the modules of a folder import, and of what stands in their texts as an import."""
    sources = (path.read_text(encoding="utf-8") for path in folder.rglob("*.py"))
    return {name for source in sources for name in IMPORT.findall(source)} - sys.stdlib_module_names - OWN


@pytest.mark.parametrize(
    ("folder", "extras"),
    [("src", ("images", "fulltext")), ("tests", EXTRAS), ("screenshots", EXTRAS)],
    ids=str,
)
def test_what_is_imported_is_asked_for(folder: str, extras: tuple[str, ...]) -> None:
    asked = chain(PROJECT["dependencies"], *(PROJECT["optional-dependencies"][extra] for extra in extras))
    known = {canonicalize_name(Requirement(line).name) for line in asked}
    providers = packages_distributions()
    for name in imported(PYPROJECT.parent / folder):
        if name in providers:  # the rest is what a computer may go without: the images' own, or only for bench/
            assert known & set(map(canonicalize_name, providers[name])), name
