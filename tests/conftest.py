"""What all tests share: a home of their own, and a way to write stories in a line."""

from __future__ import annotations

import gc
import inspect
import itertools
import os
import shutil
import signal
import sqlite3
import subprocess
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import pytest
import yaml

import compiled  # before what imports hypothesis, whose asserts are rewritten as well
import copies
import examples

if TYPE_CHECKING:
    from web import Web

# The garbage of a test of the screen is a few thousand objects; Python's own steps would look over all that is loaded,
# textual and the collected tests, some times in each: a third of the time of such a test.
gc.set_threshold(200_000, 10, 50)

_FOLDERS = (
    "HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR",
    "READER_CACHE_DIR", "READER_CONFIG_DIR", "READER_DATA_DIR",
)  # fmt: skip
_REMOVED = (
    "READER_LIBRARY", "BROWSER", "DISPLAY", "WAYLAND_DISPLAY", "NO_COLOR", "COLUMNS", "LINES", "LC_ALL", "LC_CTYPE",
)  # fmt: skip
_FIRST_CHANGE = 1_600_000_000
_IN_MEMORY, _ROOM = Path("/dev/shm"), 2 * 1024**3
_UI = Path(__file__).with_name("ui")
LONGEST = 600
"""Seconds that a test of `-m long` may take."""
LONGEST_NAME = 200
"""Characters of a text by which a case is named."""


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than there are cores: a test that waits leaves room for another, and each collects all tests."""
    return (os.cpu_count() or 1) + 1


def _is_long(config: pytest.Config) -> bool:
    return bool(config.option.markexpr == "long")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name a long case by its argument: each worker tells the names of all tests, and of each that it runs thrice."""
    return argname if isinstance(val, (str, bytes)) and len(val) > LONGEST_NAME else None


def pytest_configure(config: pytest.Config) -> None:
    """Let `-m long` look at more examples, let the files of tests lie in memory, and compile them together."""
    if _is_long(config):
        examples.take_long()
    if config.option.assertmode == "rewrite":
        if worker := _worker(config):
            compiled.compile_share(config, *worker)
        elif config.option.dist != "no":
            compiled.keep_rewritten(config)
    if _has_room_in_memory():
        for name in ("PYTEST_DEBUG_TEMPROOT", "TMPDIR"):
            os.environ.setdefault(name, str(_IN_MEMORY))


def _worker(config: pytest.Config) -> tuple[int, int] | None:
    """Which worker this is, and of how many; None where there are no others."""
    told: dict[str, Any] | None = getattr(config, "workerinput", None)
    if not told or told["workercount"] == 1:
        return None
    return int(told["workerid"].removeprefix("gw")), told["workercount"]


@pytest.hookimpl(tryfirst=True)
def pytest_collection(session: pytest.Session) -> None:
    """Find out together what hypothesis would find out in each worker."""
    if worker := _worker(session.config):
        compiled.find_share(*worker)


def _has_room_in_memory() -> bool:
    """Whether files may lie in memory: each index and each mark waits for the disk otherwise. Some hold programs."""
    try:
        state = os.statvfs(_IN_MEMORY)
    except OSError:
        return False
    has_room = state.f_bavail * state.f_frsize >= _ROOM
    return has_room and not state.f_flag & os.ST_NOEXEC and os.access(_IN_MEMORY, os.W_OK)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Let `-m long` run property tests and those of the screen as well, and give all the time that they take."""
    if _is_long(config):
        for item in items:
            item.add_marker(pytest.mark.timeout(LONGEST))
            function = getattr(item, "obj", None)
            is_of_properties = getattr(function, "is_hypothesis_test", False)
            if is_of_properties or (_UI in item.path.parents and inspect.iscoroutinefunction(function)):
                item.add_marker("long")


def pytest_collection_finish() -> None:
    """Let the garbage collector look past what stays to the end: modules, and tests."""
    gc.collect()
    gc.freeze()


def pytest_sessionfinish() -> None:
    """End the process whose copies the tests have started."""
    copies.close()


@pytest.fixture(scope="session")
def homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Names of folders that are not there yet. (`mktemp` looks through all folders of the tests before, each time.)"""
    folder = tmp_path_factory.mktemp("homes")
    return (folder / str(number) for number in itertools.count())


@pytest.fixture(scope="session", autouse=True)
def children() -> Iterator[None]:
    """Start the processes that the reader starts for a part of its work as copies; see `started_anew`."""
    with copies.of_children():
        yield


@pytest.fixture
def started_anew(children: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """Start them as a person's reader does."""
    monkeypatch.setattr(subprocess, "Popen", copies.POPEN)


@pytest.fixture(autouse=True)
def own_home(homes: Iterator[Path]) -> Iterator[Path]:
    """Keep every test out of the real home folder, and away from what the environment says."""
    home = next(homes)
    home.mkdir(mode=0o700)
    with pytest.MonkeyPatch.context() as patch:
        for name in _FOLDERS:
            patch.setenv(name, str(home if name == "HOME" else home / name.lower()))
        for name in _REMOVED:
            patch.delenv(name, raising=False)
        patch.setenv("LANG", "C.UTF-8")
        patch.setenv("TZ", "UTC")
        time.tzset()
        yield home
    time.tzset()


@pytest.fixture(autouse=True)
def broken_pipes_are_errors() -> None:
    """What prints lets a broken pipe end the program; run inside a test, it is not to end the next one."""
    if threading.current_thread() is threading.main_thread():
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> Iterator[Web]:
    """A web of its own, on this machine; nothing leads around it."""
    from web import serving

    for name in ("http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    with serving() as web:
        yield web


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real stories, `seeds/` and `corpus/`."""
    named = os.environ.get("READER_TEST_SHARED")
    if not named:
        pytest.skip("READER_TEST_SHARED does not name the folder of real stories")
    folder = Path(named)
    if not (folder / "corpus").is_dir():
        pytest.skip("READER_TEST_SHARED names a folder without a corpus")
    return folder


@pytest.fixture(scope="session")
def sample_cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cache folder with the index of the sample, to be copied: reading the sample takes as long as many a test."""
    from reader.base.paths import sample_folder
    from reader.library.library import Library

    cache = tmp_path_factory.mktemp("sample")
    with Library(sample_folder(), cache, is_sample=True, in_process=True) as library:
        library.sync()
    return cache


@pytest.fixture(scope="session", autouse=True)
def tables_made_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Begin each index as a copy of one that is still empty: making its tables takes as long as many a test."""
    from reader.library.index.storage import schema

    place = tmp_path_factory.mktemp("empty")
    empty, connect = place / "index.sqlite3", schema.connect
    connect(empty).close()
    numbers = itertools.count()

    def connect_to_copy(path: Path, *, is_made: bool = True) -> sqlite3.Connection:
        with suppress(OSError):  # another thread was first, or this process may write nothing: it is told below
            if is_made and not path.exists():
                copy = Path(shutil.copy(empty, place / str(next(numbers))))
                try:
                    path.hardlink_to(copy)
                finally:
                    copy.unlink()
        return connect(path, is_made=is_made)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "connect", connect_to_copy)
        yield


class WriteStory(Protocol):
    """Writes a story file; see `write_story`."""

    def __call__(
        self,
        folder: Path,
        name: str,
        *,
        title: str | None = None,
        excerpt: str = "",
        published: str = "",
        url: str = "",
        provider: str = "",
        domain: str = "",
        topics: Sequence[str] = (),
        quality: int | None = None,
        related: Sequence[Mapping[str, object]] = (),
        body: str = "",
        **more: object,
    ) -> Path: ...


@pytest.fixture(scope="session")
def write_story() -> WriteStory:
    """Write a story file of the format, and return it.

    The title is the file's name unless given. Entries of `related` are mappings with the same names as the arguments
    (`title`, `excerpt`, `published`, `url`, `provider`, `domain`, `quality`). What is empty is left out of the file;
    `more` goes into the front matter as it is. Each file written is a second newer than the one before, so that every
    change can be seen, however fast it follows.
    """
    changes = itertools.count(_FIRST_CHANGE)

    def write(
        folder: Path,
        name: str,
        *,
        title: str | None = None,
        related: Sequence[Mapping[str, object]] = (),
        body: str = "",
        **fields: object,
    ) -> Path:
        told = _front_matter({"title": name if title is None else title, **fields})
        if related:
            told["related"] = [_front_matter(entry) for entry in related]
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            text = _as_yaml(told, yaml.CSafeDumper)
        except UnicodeEncodeError:  # a name that is no UTF-8, which libyaml does not write
            text = _as_yaml(told, yaml.SafeDumper)
        file.write_text(f"---\n{text}---\n{body}", encoding="utf-8")
        when = next(changes)
        os.utime(file, (when, when))
        return file

    return write


def _as_yaml(told: Mapping[str, object], dumper: type[yaml.CSafeDumper | yaml.SafeDumper]) -> str:
    return str(yaml.dump(told, Dumper=dumper, allow_unicode=True, sort_keys=False, width=1000))


def _front_matter(fields: Mapping[str, object]) -> dict[str, object]:
    """The keys of the format for the short names that tests use."""
    names = {"published": "publishedDateTime", "url": "webUrl"}
    told = {names.get(name, name): value for name, value in fields.items() if name not in ("provider", "domain")}
    provider = {key: fields[name] for key, name in (("name", "provider"), ("domain", "domain")) if fields.get(name)}
    told["provider"] = provider
    told["topics"] = list(topics) if isinstance(topics := fields.get("topics"), Sequence) else []
    return {key: value for key, value in told.items() if value is not None and value not in ("", [], {})}
