from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from reader.base.whole_files import FileExistsAlreadyError, SaveError, add_file, free_name, free_number, place_of, save


@pytest.fixture
def umask() -> Iterator[int]:
    old = os.umask(0o027)
    yield 0o027
    os.umask(old)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_writes_lines_with_the_rights_that_the_umask_leaves(tmp_path: Path, umask: int) -> None:
    file = tmp_path / "a.md"
    save(file, ["# Ä", "", "b"])
    assert file.read_bytes() == "# Ä\n\nb\n".encode()
    assert file.stat().st_mode & 0o777 == 0o666 & ~umask
    assert names(tmp_path) == ["a.md"]


def test_never_overwrites_unless_told_to(tmp_path: Path) -> None:
    file = tmp_path / "a.md"
    file.write_text("mine")
    with pytest.raises(FileExistsAlreadyError, match="a file of this name"):
        save(file, ["theirs"])
    assert file.read_text() == "mine"
    save(file, ["theirs"], overwrite=True)
    assert file.read_text() == "theirs\n"
    assert names(tmp_path) == ["a.md"]


def test_a_symbolic_link_stays(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("old")
    (tmp_path / "link.md").symlink_to("real.md")
    save(tmp_path / "link.md", ["new"], overwrite=True)
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "real.md").read_text() == "new\n"


def test_a_missing_folder_a_folder_and_a_pipe_are_told(tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="no such folder"):
        save(tmp_path / "gone" / "a.md", ["a"])
    with pytest.raises(SaveError, match="this is a folder"):
        save(tmp_path, ["a"], overwrite=True)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(SaveError, match="no plain file"):
        save(tmp_path / "pipe", ["a"], overwrite=True)
    with pytest.raises(SaveError, match="not written"):
        save(tmp_path / ("x" * 300), ["a"])
    with pytest.raises(SaveError, match="not written"):
        save(tmp_path / "a\0b", ["a"])


@pytest.mark.parametrize("was_there", [False, True])
def test_a_full_disk_leaves_all_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, was_there: bool) -> None:
    file = tmp_path / "a.md"
    if was_there:
        file.write_text("mine")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("reader.base.whole_files.os.fsync", full)
    with pytest.raises(SaveError, match="not written, no space left on device"):
        save(file, ["b"], overwrite=was_there)
    assert names(tmp_path) == (["a.md"] if was_there else [])
    assert not was_there or file.read_text() == "mine"


def test_a_folder_that_may_not_be_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> int:
        raise PermissionError(errno.EACCES, "Permission denied")

    monkeypatch.setattr("reader.base.whole_files.os.open", refuse)
    with pytest.raises(SaveError, match="not written, permission denied"):
        save(tmp_path / "a.md", ["a"])


def test_a_name_that_is_taken_gets_a_number(tmp_path: Path) -> None:
    assert free_name(tmp_path, "a.b.md") == "a.b.md"
    (tmp_path / "a.b.md").touch()
    (tmp_path / "a.b-2.md").symlink_to("nowhere")
    assert free_name(tmp_path, "a.b.md") == "a.b-3.md"
    assert free_name(tmp_path / "gone", "a.md") == "a.md"


@pytest.mark.parametrize("taken", [0, 1, 2, 7, 8, 9, 100_000])
def test_a_free_number_is_found_with_few_looks(taken: int) -> None:
    looks: list[int] = []

    def is_taken(number: int) -> bool:
        looks.append(number)
        return number <= taken

    assert free_number(is_taken) == taken + 1
    assert len(looks) <= 40


def test_a_free_number_is_free_where_some_were_given_back() -> None:
    given = set(range(1, 100)) - {4, 40, 70}
    assert free_number(given.__contains__) not in given


def test_the_place_that_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own_home: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert place_of(" a.md ") == tmp_path / "a.md"
    assert place_of("~/a.md") == own_home / "a.md"
    assert place_of("/x/a.md") == Path("/x/a.md")
    with pytest.raises(SaveError, match="needs a name"):
        place_of("  ")
    with pytest.raises(SaveError, match="no such folder"):
        place_of("~nobody-of-this-name/a.md")


def test_a_new_file_takes_no_name_that_is_taken(tmp_path: Path, umask: int) -> None:
    file = tmp_path / "a.md"
    add_file(file, b"first", 0o666)
    with pytest.raises(FileExistsError):
        add_file(file, b"second", 0o666)
    (tmp_path / "b.md").symlink_to("nowhere")
    with pytest.raises(FileExistsError):
        add_file(tmp_path / "b.md", b"second", 0o666)
    assert file.read_bytes() == b"first"
    assert file.stat().st_mode & 0o777 == 0o666 & ~umask
    assert names(tmp_path) == ["a.md", "b.md"]


def test_a_new_file_needs_no_hard_links(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    file = tmp_path / "a.md"
    add_file(file, b"first", 0o600)
    with pytest.raises(FileExistsError):
        add_file(file, b"second", 0o600)
    assert file.read_bytes() == b"first"
    assert names(tmp_path) == ["a.md"]


def test_a_new_file_that_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        add_file(tmp_path / "a.md", b"x", 0o600)
    assert names(tmp_path) == []
