"""Which files of a folder are found."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.library.folder.scan import LEAVES, FileStamp, Folder, Unreachable, last_names, scan

if TYPE_CHECKING:
    from library.conftest import Locked


def make(root: Path, *names: str) -> None:
    for name in names:
        file = root / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("text", encoding="utf-8")


def told(folders: Iterable[Folder]) -> list[FileStamp | Unreachable]:
    found: list[FileStamp | Unreachable] = []
    for folder in folders:
        found += [*folder.stamps(), *folder.unreachable]
    return found


def paths(root: Path) -> list[bytes]:
    return [found.path for found in told(scan(root))]


def test_files_of_all_folders_are_found_by_their_endings(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "b.txt", "c.markdown", "d.yaml", "e.yml", "deep/er/f.md")
    make(tmp_path, "picture.png", "page.html", "noending", "md", "a.md.bak", "deep/er/g.json")
    assert paths(tmp_path) == [b"a.md", b"b.txt", b"c.markdown", b"d.yaml", b"e.yml", b"deep/er/f.md"]


def test_case_of_the_ending_makes_no_difference(tmp_path: Path) -> None:
    make(tmp_path, "A.MD", "b.Txt", "c.YAML")
    assert paths(tmp_path) == [b"A.MD", b"b.Txt", b"c.YAML"]


@pytest.mark.parametrize(
    "name", [".hidden.md", ".git/a.md", "node_modules/a.md", "a/node_modules/b.md", "__pycache__/a.md"]
)
def test_hidden_and_foreign_things_are_passed_over(tmp_path: Path, name: str) -> None:
    make(tmp_path, name)
    assert paths(tmp_path) == []


@pytest.mark.parametrize("name", [".news", "node_modules"])
def test_a_root_may_have_any_name(tmp_path: Path, name: str) -> None:
    make(tmp_path / name, "a.md")
    assert paths(tmp_path / name) == [b"a.md"]


def test_a_folder_with_an_ending_is_a_folder(tmp_path: Path) -> None:
    make(tmp_path, "news.md/a.md")
    assert paths(tmp_path) == [b"news.md/a.md"]


def test_files_come_by_name_and_before_the_folders_beside_them(tmp_path: Path) -> None:
    make(tmp_path, "b/2.md", "b/1.md", "b/c/0.md", "z.md", "A.md", "a.md", "a/9.md", "é.md")
    found = paths(tmp_path)
    assert found == [b"A.md", b"a.md", b"z.md", "é.md".encode(), b"a/9.md", b"b/1.md", b"b/2.md", b"b/c/0.md"]


def test_a_stamp_tells_size_time_and_inode(tmp_path: Path) -> None:
    make(tmp_path, "a.md")
    os.utime(tmp_path / "a.md", ns=(5, 1_234_567_890_123_456_789))
    status = (tmp_path / "a.md").stat()
    assert told(scan(tmp_path)) == [FileStamp(b"a.md", 4, 1_234_567_890_123_456_789, status.st_ino)]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    make(tmp_path, "a/b/c.md")
    (tmp_path / "a/b/up").symlink_to(tmp_path)
    (tmp_path / "a/here").symlink_to(".")
    assert paths(tmp_path) == [b"a/b/c.md"]


def test_a_link_to_itself_is_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.md").symlink_to("a.md")
    (tmp_path / "b").symlink_to("b")
    assert told(scan(tmp_path)) == []


def test_a_folder_reached_in_two_ways_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "real/a.md")
    (tmp_path / "again").symlink_to("real")
    assert len(paths(tmp_path)) == 1


def outward(root: Path, *, follow_links: bool) -> tuple[list[bytes], list[tuple[bytes, str]]]:
    found = list(scan(root, follow_links=follow_links))
    unreachable = [(place.path, place.reason) for folder in found for place in folder.unreachable]
    return [stamp.path for folder in found for stamp in folder.stamps()], sorted(unreachable)


def test_links_out_of_the_library_are_followed_where_that_is_wanted(tmp_path: Path) -> None:
    make(tmp_path, "elsewhere/a.md", "elsewhere/c.dat", "root/b.md")
    (tmp_path / "root/linked").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "root/c.md").symlink_to(tmp_path / "elsewhere/c.dat")
    assert outward(tmp_path / "root", follow_links=True) == ([b"b.md", b"c.md", b"linked/a.md"], [])
    assert outward(tmp_path / "root", follow_links=False) == ([b"b.md"], [(b"c.md", LEAVES), (b"linked", LEAVES)])


def test_a_link_to_the_whole_machine_is_told_and_not_followed(tmp_path: Path) -> None:
    make(tmp_path, "root/b.md", "root sibling/c.md", "root/in/d.md")
    for number, target in enumerate(["/", "..", "../root sibling", "../root/../root sibling/c.md", "/proc/self/cwd"]):
        (tmp_path / f"root/{number}.md").symlink_to(target)
    (tmp_path / "root/inside").symlink_to("../root/in/../b.md")
    (tmp_path / "root/hidden").symlink_to("in")
    found, unreachable = outward(tmp_path / "root", follow_links=False)
    assert found in ([b"b.md", b"hidden/d.md"], [b"b.md", b"in/d.md"])
    assert unreachable == [(b"%d.md" % number, LEAVES) for number in range(5)]


def test_the_first_names_are_none_that_links_lead_to(tmp_path: Path) -> None:
    make(tmp_path, "elsewhere/z.md", "root/b.md", "root/in.txt")
    (tmp_path / "root/z.md").symlink_to(tmp_path / "elsewhere/z.md")
    (tmp_path / "root/y.md").symlink_to("in.txt")
    assert [stamp.path for stamp in last_names(tmp_path / "root", 9)] == [b"b.md", b"in.txt", b"y.md"]
    assert len(last_names(tmp_path / "root", 9, follow_links=True)) == 4


def test_the_first_names_are_none_of_a_news_folder_that_leads_out(tmp_path: Path) -> None:
    make(tmp_path, "elsewhere/secret.md", "root/notes/b.md", "root/z.md")
    (tmp_path / "root/news").symlink_to(tmp_path / "elsewhere")
    for folders in (("news",), ("news", "notes")):
        first = [stamp.path for stamp in last_names(tmp_path / "root", 9, news_folders=folders)]
        all_names = [
            stamp.path for folder in scan(tmp_path / "root", news_folders=folders) for stamp in folder.stamps()
        ]
        assert first == all_names == [b"notes/b.md"] * ("notes" in folders)
    followed = last_names(tmp_path / "root", 9, follow_links=True, news_folders=("news",))
    assert [stamp.path for stamp in followed] == [b"news/secret.md"]


def test_a_library_that_is_reached_by_a_link_is_whole(tmp_path: Path) -> None:
    make(tmp_path, "real/b.md", "real/c/d.md")
    (tmp_path / "link").symlink_to("real")
    (tmp_path / "real/again.md").symlink_to(tmp_path / "link/b.md")
    assert outward(tmp_path / "link", follow_links=False) == ([b"again.md", b"b.md", b"c/d.md"], [])


def test_a_link_into_nowhere_is_nothing(tmp_path: Path) -> None:
    make(tmp_path, "b.md")
    (tmp_path / "a.md").symlink_to("gone.md")
    (tmp_path / "folder").symlink_to("gone")
    assert told(scan(tmp_path)) == told(scan(tmp_path))
    assert paths(tmp_path) == [b"b.md"]


def test_pipes_and_sockets_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "c.md")
    os.mkfifo(tmp_path / "a.md")
    monkeypatch.chdir(tmp_path)  # the address of a socket must be short
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("b.md")
        assert paths(tmp_path) == [b"c.md"]


def test_names_that_are_not_utf8_are_kept_as_they_are(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.md")).write_text("text", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    assert paths(tmp_path) == [b"caf\xe9.md"]


def test_an_unreadable_folder_is_told_and_its_neighbours_are_found(open_place: Path, locked: Locked) -> None:
    make(open_place, "a/1.md", "b/2.md", "c/3.md")
    with locked(open_place / "b"):
        found = told(scan(open_place))
    assert [place.path for place in found] == [b"a/1.md", b"b", b"c/3.md"]
    assert found[1] == Unreachable(b"b", "Permission denied")


def test_files_of_a_folder_that_may_only_be_listed_are_told(open_place: Path, locked: Locked) -> None:
    make(open_place, "a/1.md", "b.md")
    with locked(open_place / "a", 0o444):
        found = told(scan(open_place))
    assert Unreachable(b"a/1.md", "Permission denied") in found
    assert found[0].path == b"b.md"


def test_an_unreadable_root_is_told(open_place: Path, locked: Locked) -> None:
    make(open_place, "root/1.md")
    with locked(open_place / "root"):
        assert told(scan(open_place / "root")) == [Unreachable(b".", "Permission denied")]


@pytest.mark.parametrize("name", ["a.md", "a.story", "noending", ".hidden"])
def test_a_root_that_is_a_file_is_found_whatever_its_ending(tmp_path: Path, name: str) -> None:
    make(tmp_path, name, "other.md")
    assert paths(tmp_path / name) == [os.fsencode(name)]


def test_a_root_that_is_a_pipe_or_missing_holds_nothing(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    assert told(scan(tmp_path / "pipe.md")) == []
    assert told(scan(tmp_path / "missing")) == []


def test_a_folder_that_vanishes_meanwhile_is_not_there(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "b/1.md", "c/2.md")
    walk = scan(tmp_path)
    first = next(walk)
    shutil.rmtree(tmp_path / "b")
    assert [found.path for found in told([first, *walk])] == [b"a.md", b"c/2.md"]


def test_a_file_that_vanishes_meanwhile_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.md", "b.md", "c.md")

    def scandir(place: bytes) -> Iterator[os.DirEntry[bytes]]:
        listing = real(place)
        entries = list(listing)
        (tmp_path / "b.md").unlink()
        return nullcontext(entries)  # type: ignore[return-value]

    real = os.scandir
    monkeypatch.setattr(os, "scandir", scandir)
    assert paths(tmp_path) == [b"a.md", b"c.md"]


def test_a_digest_is_that_of_names_and_stamps(tmp_path: Path) -> None:
    make(tmp_path, "a.md", "b.md")
    os.utime(tmp_path / "a.md", ns=(5, 5))

    def digest() -> bytes:
        [folder] = scan(tmp_path)
        return folder.digest()

    before = digest()
    assert digest() == before
    os.utime(tmp_path / "a.md", ns=(5, 6))
    assert digest() != before
    os.utime(tmp_path / "a.md", ns=(5, 5))
    assert digest() == before
    make(tmp_path, "picture.png")
    assert digest() == before
    (tmp_path / "b.md").rename(tmp_path / "c.md")
    assert digest() != before


def test_an_empty_folder_holds_nothing(tmp_path: Path) -> None:
    assert told(scan(tmp_path)) == []
