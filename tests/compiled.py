"""Modules compiled once a run, and not once in each worker.

Each worker imports every test, whichever it runs; all begin at the same moment, so that none finds what another has
compiled, and rewriting the asserts of a file takes longer than all else of its import. Here each begins with a share of
the files, and finds what the others wrote down when it comes to theirs. What was written down before is left as it is.
"""

from __future__ import annotations

import compileall
import os
import sys
from pathlib import Path

import pytest
from _pytest.assertion import rewrite
from _pytest.assertion.rewrite import PYC_TAIL, assertstate_key

TESTS = Path(__file__).parent
"""The folder of the tests; the program's is beside it."""


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
    sources = sorted([*TESTS.rglob("*.py"), *(TESTS.parent / "src").rglob("*.py")])
    for source in sources[number::workers]:
        if TESTS in source.parents and source.name.startswith(("test_", "conftest")):
            _rewrite(config, source)
        else:
            compileall.compile_file(str(source), quiet=2)


def _rewrite(config: pytest.Config, source: Path) -> None:
    """Compile a module with its asserts rewritten, as pytest does when it imports it."""
    folder = rewrite.get_cache_dir(source)
    compiled = folder / f"{source.stem}{PYC_TAIL}"
    if rewrite._read_pyc(source, compiled) is None and rewrite.try_makedirs(folder):
        state, code = rewrite._rewrite_test(source, config)
        rewrite._write_pyc(config.stash[assertstate_key], code, state, compiled)
