"""The command in odd surroundings: it works, or says in one line what is missing; it never takes them for a bug."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import pytest

import copies
from examples import thinned, thinned_rows
from reader.base.errors import ConfigError
from reader.settings.table import read

if TYPE_CHECKING:
    from conftest import WriteStory

NOBODY = "import pwd; pwd.getpwuid = lambda _: {}[0]; "
"""A user who has no entry in the list of users, and so no home folder but HOME."""

OWN_FOLDERS = ("READER_CACHE_DIR", "READER_DATA_DIR", "READER_CONFIG_DIR")
ALL_FOLDERS = ("HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", *OWN_FOLDERS)


def run(
    *args: str | Path,
    before: str = "",
    variables: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    stdin: int | IO[Any] = subprocess.DEVNULL,
    stdout: int | IO[Any] = subprocess.PIPE,
) -> subprocess.CompletedProcess[bytes]:
    """Run the command after some lines of Python."""
    command = [sys.executable, "-c", f"{before}from reader.__main__ import main; main()", *args]
    pipe = subprocess.PIPE
    with copies.Popen[bytes](command, stdin=stdin, stdout=stdout, stderr=pipe, env=variables, cwd=cwd) as process:
        output, error = process.communicate(timeout=50)
    done = subprocess.CompletedProcess(command, process.returncode, output, error)
    assert b"Traceback" not in done.stderr, done.stderr.decode()
    assert b"a bug" not in done.stderr, done.stderr.decode()
    return done


@pytest.fixture
def news(tmp_path: Path, write_story: WriteStory) -> Path:
    """A story in a folder."""
    write_story(tmp_path / "news", "a.md", title="Lighthouse sold", topics=["Sea"])
    return tmp_path / "news"


@pytest.mark.parametrize("home", [None, "", "~", "here"])
@pytest.mark.parametrize(
    "args", thinned([["list"], ["config"], ["keys"], ["marks", "export", "-"], ["check"]], every=3)
)
def test_without_a_home_folder_the_way_out_is_told(
    news: Path, tmp_path: Path, home: str | None, args: list[str]
) -> None:
    variables = {name: value for name, value in os.environ.items() if name not in ALL_FOLDERS}
    variables |= {} if home is None else {"HOME": home}
    cwd = tmp_path / "cwd"
    cwd.mkdir()
    folder = [news] if args[0] in ("list", "check") else []
    done = run(*args, *folder, before=NOBODY, variables=variables, cwd=cwd)
    assert done.returncode == 2
    assert b"set HOME, or READER_CONFIG_DIR, READER_DATA_DIR and READER_CACHE_DIR" in done.stderr
    assert done.stderr.count(b"\n") == 1
    own = {name: str(tmp_path / name) for name in OWN_FOLDERS}
    assert run(*args, *folder, before=NOBODY, variables=variables | own, cwd=cwd).returncode == 0
    assert not list(cwd.iterdir()), "nothing lies where the person is"


def test_a_home_that_names_no_folder_is_as_none(news: Path) -> None:
    lines = "import pwd, types; pwd.getpwuid = lambda _: types.SimpleNamespace(pw_dir='/home/of/somebody'); "
    variables = {name: value for name, value in os.environ.items() if name not in ALL_FOLDERS}
    done = run("config", before=lines, variables={**variables, "HOME": ""}, cwd=news)
    assert b"/home/of/somebody/" in done.stdout


@pytest.mark.parametrize("name", OWN_FOLDERS)
def test_the_home_of_nobody_is_told_by_its_variable(news: Path, name: str) -> None:
    done = run("list", news, "is:unread", variables={**os.environ, name: "~nosuchuser/x"})
    assert done.returncode == 2
    assert f"{name}: no home folder is known for ~nosuchuser/x".encode() in done.stderr


def test_a_crash_without_a_home_folder_is_reported_all_the_same(news: Path, tmp_path: Path) -> None:
    variables = {name: value for name, value in os.environ.items() if name not in ALL_FOLDERS}
    lines = f"{NOBODY}import reader.cli.libraries as m; m.load_config = lambda _: 1 / 0; m.config_file = str; "
    with pytest.raises(AssertionError, match=f"a report without any story's text is in {tmp_path}/story-reader-crash"):
        run("list", news, before=lines, variables={**variables, "TMPDIR": str(tmp_path)})
    assert len(list(tmp_path.glob("story-reader-crash-*"))) == 1
    assert tempfile.gettempdir() != str(tmp_path)


PRINTING = [
    ["list"], ["list", "--json"], ["topics"], ["index"], ["marks", "export", "-"], ["keys"], ["config"],
    ["config", "--print"], ["help"], ["help", "query"], ["--help"], ["--version"], ["list", "--help"],
]  # fmt: skip


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize("args", thinned(PRINTING, every=4))
def test_a_full_disk_is_told_in_one_line(news: Path, args: list[str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = run(*args, *([news] if args[-1] in ("list", "index", "topics") else []), stdout=full)
    assert done.returncode == 1
    assert done.stderr == b"reader: standard output cannot be written: No space left on device\n"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no full device")
@pytest.mark.parametrize(
    ("query", "code"), thinned_rows([("", 0), ("nosuch", 1), ("x:y:/(/", 1), ("quality:x", 2)], every=3)
)
def test_a_standard_error_that_is_full_changes_no_exit_code(news: Path, query: str, code: int) -> None:
    command = f"exec {sys.executable} -m reader list {news} $QUERY 2>/dev/full"
    done = subprocess.run(
        ["sh", "-c", command], env={**os.environ, "QUERY": query}, capture_output=True, timeout=50, check=False
    )
    assert done.returncode == code


@pytest.mark.parametrize(
    ("args", "closed"),
    [
        ("list .", ">&-"), ("index . --rebuild", "<&- >&- 2>&-"),
        *(pytest.param("list .", closed, marks=pytest.mark.long) for closed in ("<&-", "2>&-")),
        *(pytest.param(args, "<&- >&- 2>&-", marks=pytest.mark.long) for args in
          ("list .", "check .", "marks export -", "help query", "--help")),
    ],
)  # fmt: skip
def test_closed_streams_are_as_empty_ones(news: Path, args: str, closed: str) -> None:
    command = f"{sys.executable} -m reader {args} {closed}"
    done = subprocess.run(["sh", "-c", command], cwd=news, capture_output=True, timeout=50, check=False)
    assert done.returncode == 0, done
    assert not list(Path(os.environ["READER_DATA_DIR"]).glob("story-reader-crash-*"))


def test_nothing_to_import_is_told(news: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f"{sys.executable} -m reader marks import - <&-"], capture_output=True, timeout=50, check=False
    )
    assert (done.returncode, done.stderr.count(b"\n")) == (2, 1)
    assert b"standard input: not JSON" in done.stderr


@pytest.mark.parametrize(
    "zone",
    thinned(["AAA99999", "AAA24", "AAA-24", "AAA23:59:59", "AAA0BBB99", "nonsense", "", ":", "A" * 200], every=3),
)
def test_any_time_zone_will_do(news: Path, zone: str) -> None:
    for args in (["list"], ["show", str(news / "a.md")], ["coverage", str(news / "a.md")]):
        done = run(*args[:1], *([news] if args[0] == "list" else []), *args[1:], variables={**os.environ, "TZ": zone})
        assert done.returncode == 0
        is_told = done.stderr == b"reader: TZ names no time zone; times are in UTC\n"
        assert is_told == (zone in ("AAA99999", "AAA24", "AAA-24", "AAA0BBB99"))


@pytest.mark.long
def test_a_time_zone_that_is_none_does_not_keep_the_screen_away(news: Path) -> None:
    import ptyprocess

    screen = ptyprocess.PtyProcess.spawn(
        [sys.executable, "-m", "reader", str(news)], env={**os.environ, "TZ": "AAA99999", "TERM": "xterm-256color"}
    )
    try:
        read = b""
        while b"Lighthouse" not in read:
            read += screen.read(65_536)
        screen.write(b"q")
        with suppress(EOFError):
            while True:
                screen.read(65_536)
        screen.wait()
        assert screen.exitstatus == 0
    finally:
        screen.close(force=True)


@pytest.mark.parametrize(
    "args",
    thinned([
        ["list", "."], ["list", "x"], ["show", "x.md"], ["index", "."], ["marks", "export", "x"],
        ["marks", "import", "x"], ["topics", "sub"], ["check", "../x"],
    ], every=3),
)  # fmt: skip
def test_a_current_folder_that_is_gone_is_told(tmp_path: Path, args: list[str]) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    done = run(*args, before="import os; os.rmdir(os.getcwd()); ", cwd=folder)
    assert done.returncode in (1, 2)
    assert sum(b"no library is named" not in line for line in done.stderr.splitlines()) == 1


def test_without_a_current_folder_what_is_named_in_full_is_read(news: Path, tmp_path: Path) -> None:
    folder = tmp_path / "gone"
    folder.mkdir()
    assert b"Lighthouse" in run("list", news, before="import os; os.rmdir(os.getcwd()); ", cwd=folder).stdout
    variables = {**os.environ, "READER_DATA_DIR": "rel", "READER_CACHE_DIR": "rel"}
    folder.mkdir()
    done = run("list", news, "is:unread", before="import os; os.rmdir(os.getcwd()); ", variables=variables, cwd=folder)
    assert done.returncode in (0, 2)


def write_config(text: str) -> Path:
    file = Path(os.environ["READER_CONFIG_DIR"]) / "config.toml"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return file


def test_a_number_of_many_digits_is_a_mistake_in_the_configuration() -> None:
    write_config(f"mark_read_seconds = 1{'0' * 5_000}")
    done = run("config")
    assert done.returncode == 2
    assert b"config.toml: Exceeds the limit" in done.stderr


@pytest.mark.parametrize(
    "line", thinned(["{}a = 1", "[{}a]", "[[{}a]]", "keys = {{ {}a = 1 }}", "x = 1\n{}a = 1"], every=3)
)
@pytest.mark.parametrize("part", ["a.", '"a" . ', "'a'.", '"\\"".'])
def test_a_key_of_many_parts_is_refused_at_once(line: str, part: str) -> None:
    write_config(line.format(part * 20_000) + "\n")
    begun = time.monotonic()
    done = run("config")
    assert done.returncode == 2
    assert f"config.toml:{line.count(chr(10)) + 1}: a key of more than 50 parts".encode() in done.stderr
    assert time.monotonic() - begun < 5


@pytest.mark.parametrize("word", thinned(["a", "a-", '"', "'", "a.", '"a"', ". .", '"\\'], every=3))
def test_a_long_configuration_is_refused_at_once(word: str) -> None:
    begun = time.process_time()
    with pytest.raises(ConfigError):
        read(word * (900_000 // len(word)), Path("config.toml"))
    assert time.process_time() - begun < 2


def test_a_limit_past_all_numbers_is_none(news: Path) -> None:
    done = run("list", news, "--limit", "9" * 20)
    assert (done.returncode, done.stderr) == (0, b"")
    assert b"Lighthouse" in done.stdout
    assert run("list", news, "--limit", "-1").returncode == 2


@pytest.mark.parametrize("args", [["list"], ["config"], ["keys"]])
def test_a_configuration_that_is_a_fifo_is_not_waited_for(args: list[str]) -> None:
    file = write_config("")
    file.unlink()
    os.mkfifo(file)
    done = run(*args)
    assert done.returncode == 2
    assert b"config.toml: cannot be read: not a regular file" in done.stderr


def test_the_file_of_an_import_that_is_a_fifo_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "fifo")
    done = run("marks", "import", tmp_path / "fifo")
    assert done.returncode == 2
    assert b"fifo: cannot be read: not a regular file" in done.stderr


def test_what_standard_input_has_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    lines = "import reader.cli.marks as m, reader.library.marks.exchange as e; m.MOST_BYTES = e.MOST_BYTES = 1000; "
    with subprocess.Popen(["yes"], stdout=subprocess.PIPE) as endless:
        done = run("marks", "import", "-", before=lines, stdin=endless.stdout or 0)
        endless.kill()
    assert done.returncode == 2
    assert b"standard input: larger than 1,000 bytes" in done.stderr
