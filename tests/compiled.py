"""What a first run finds out and writes down, found out once, and not once in each worker.

Each worker imports every test, whichever it runs; all begin at the same moment, so that none finds what another has
compiled, and rewriting the asserts of a file takes longer than all else of its import. Here each begins with a share of
the files, and finds what the others wrote down when it comes to theirs. So it is with what hypothesis keeps: the
constants that stand in the program, and the letters that there are. What was written down before is left as it is.
"""

from __future__ import annotations

import compileall
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from types import ModuleType

import pytest
from _pytest.assertion import rewrite
from _pytest.assertion.rewrite import PYC_TAIL, assertstate_key

TESTS = Path(__file__).parent
"""The folder of the tests."""

_PROGRAM = TESTS.parent / "src"

# What is compiled is written down, here and in the processes that are started, whatever the environment says.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)


def compile_share(config: pytest.Config, number: int, workers: int) -> None:
    """Compile what this worker is to compile.

    Args:
        config: of the worker.
        number: which worker it is, from 0.
        workers: how many there are.
    """
    for source in _share([*TESTS.rglob("*.py"), *_PROGRAM.rglob("*.py")], number, workers):
        if TESTS in source.parents and source.name.startswith(("test_", "conftest")):
            _rewrite(config, source)
        else:
            compileall.compile_file(str(source), quiet=2)


def find_share(number: int, workers: int) -> None:
    """Find out what this worker is to find out for hypothesis, which keeps it. To be called as the collection begins.

    Args:
        number: which worker it is, from 0.
        workers: how many there are.
    """
    from hypothesis.internal import charmap
    from hypothesis.internal.constants_ast import constants_from_module

    if number == 0:
        charmap.charmap()
        charmap.intervals_from_codec("utf-8")
    for source in _share(_PROGRAM.rglob("*.py"), number, workers):
        module = ModuleType(source.stem)
        module.__file__ = str(source)
        constants_from_module(module)


def keep_rewritten(config: pytest.Config) -> None:
    """Write down the plugins that pytest rewrote before it came to the tests, where the environment said not to."""
    for module in list(sys.modules.values()):
        spec = getattr(module, "__spec__", None)
        if spec and spec.origin and isinstance(spec.loader, rewrite.AssertionRewritingHook):
            _rewrite(config, Path(spec.origin))


def _share(sources: Iterable[Path], number: int, workers: int) -> list[Path]:
    """Of some files those of a worker; the first, which looks at all letters as well, has none if there are others."""
    if workers == 1:
        return list(sources)
    return sorted(sources)[number - 1 :: workers - 1] if number else []


def _rewrite(config: pytest.Config, source: Path) -> None:
    """Compile a module with its asserts rewritten, as pytest does when it imports it."""
    folder = rewrite.get_cache_dir(source)
    compiled = folder / f"{source.stem}{PYC_TAIL}"
    if rewrite._read_pyc(source, compiled) is None and rewrite.try_makedirs(folder):
        state, code = rewrite._rewrite_test(source, config)
        rewrite._write_pyc(config.stash[assertstate_key], code, state, compiled)
