"""Running a command of the reader in the test's own process."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from reader.cli.main import cli

CONTROLS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def run(*args: str) -> Result:
    """Run a command in this process, and look that it neither fails with a traceback nor controls the terminal."""
    result = CliRunner().invoke(cli, list(args))
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert not CONTROLS.search(result.stdout)
    assert "Traceback" not in result.output
    return result


def lines(outcome: Result) -> list[str]:
    """The lines that it printed."""
    return outcome.stdout.splitlines()


def objects(outcome: Result) -> list[dict[str, Any]]:
    """The objects that it printed, one a line."""
    return [json.loads(line) for line in lines(outcome)]


def end(*args: str | Path, code: int = 0) -> Result:
    """Run a command in this process to its end, with this exit code."""
    result = CliRunner().invoke(cli, [str(arg) for arg in args])
    assert result.exception is None or isinstance(result.exception, SystemExit), repr(result.exception)
    assert result.exit_code == code, result.output
    assert "\x1b" not in result.output
    return result
