"""Apps for the tests of the screen: a fixed clock, an index that is up to date, no browser."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from textual.css.model import RuleSet as StyleRules
from textual.css.stylesheet import Stylesheet

from frames import put_off
from reader.base.paths import sample_folder
from reader.base.text import clean_block
from reader.library.index.listing import Listing
from reader.library.library import Library
from reader.settings.config import Config
from reader.ui.app import ReaderApp
from reader.ui.upstream.app import SteadyApp
from rest import exact_waits
from support import DEFAULT_CONFIG, SAID, MakeApp

CLOCK = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def parsed_once() -> Iterator[None]:
    """Parse each style sheet once for all apps: they are as many in every app, and stay as they are once parsed."""
    parse, parsed = Stylesheet._parse_rules, dict[object, list[StyleRules]]()
    asked: tuple[dict[str, str], frozenset[tuple[str, str]]] = ({}, frozenset())

    def look_up(self: Stylesheet, css: str, *told: Any, **named: Any) -> list[StyleRules]:
        nonlocal asked
        if self._variables is not asked[0]:  # all style sheets of an app ask with the same
            asked = (self._variables, frozenset(self._variables.items()))
        key = (css, told, frozenset(named.items()), asked[1])
        if key not in parsed:
            parsed[key] = parse(self, css, *told, **named)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Stylesheet, "_parse_rules", look_up)
        yield


@pytest.fixture(scope="session", autouse=True)
def hashed_at_once() -> Iterator[None]:
    """Hash the rules of style sheets by their identity, as Textual's own method does, which is written in Python."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(StyleRules, "__hash__", object.__hash__)
        yield


@pytest.fixture(scope="session", autouse=True)
def no_guesses() -> Iterator[None]:
    """Let a pilot wait until the app rests, and not until the processor seems to."""
    with exact_waits():
        yield


@pytest.fixture(scope="session", autouse=True)
def said() -> Iterator[None]:
    """Write down what is said in passing: it leaves the screen at the next key."""
    notify = SteadyApp.notify

    def write_down(self: SteadyApp, message: str, **named: Any) -> None:
        SAID.setdefault(self, []).append(clean_block(message))
        notify(self, message, **named)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SteadyApp, "notify", write_down)
        yield


@pytest.fixture(autouse=True)
def frames(request: pytest.FixtureRequest) -> Iterator[None]:
    """Draw what is looked at; every frame in a test that is marked `every_frame`, or about Textual's own ways."""
    if request.node.get_closest_marker("every_frame") or "upstream" in request.node.path.parts:
        yield
    else:
        with put_off(drawn_at_rest=request.config.option.markexpr in ("long", "versions")):
            yield


@pytest.fixture
def make_app(tmp_path: Path, sample_cache: Path) -> Iterator[MakeApp]:
    """The factory; the libraries are closed at the end."""
    libraries: list[Library] = []

    def make(folder: Path | None = None, *, query: str = "", config: Config = DEFAULT_CONFIG) -> ReaderApp:
        is_sample, cache = folder is None, tmp_path / "cache"
        if is_sample and not cache.exists():
            shutil.copytree(sample_cache, cache)
        library = Library(folder or sample_folder(), cache, is_sample=is_sample, in_process=True)
        libraries.append(library)
        library.sync()
        listing, marks = Listing(text=query), tmp_path / "data" / "marks.sqlite3"
        views = tmp_path / "data" / "views.json"
        return ReaderApp(
            library, config, lambda: CLOCK, zone=UTC, listing=listing, environment={}, marks=marks, views=views
        )

    yield make
    for library in libraries:
        library.close()
