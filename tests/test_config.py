from __future__ import annotations

from pathlib import Path

import pytest

from reader.config import Config, load_config
from reader.errors import ConfigError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "settings" / "config.toml"


def write(file: Path, text: str) -> Path:
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_without_a_file_all_is_as_by_default(file: Path) -> None:
    assert load_config(file) == Config(library=None, browser=(), theme="reader-dark")


def test_an_empty_file_changes_nothing(file: Path) -> None:
    assert load_config(write(file, "# nothing yet\n")) == Config()


def test_every_setting_is_read(file: Path) -> None:
    config = load_config(
        write(file, 'library = "/news/london"\nbrowser = ["firefox", "--new-tab", "{url}"]\ntheme = "nord"\n')
    )
    assert config == Config(Path("/news/london"), ("firefox", "--new-tab", "{url}"), "nord")


def test_outlets_are_domains_as_the_index_knows_them(file: Path) -> None:
    config = load_config(write(file, 'outlets = ["Reuters.com", "www.bbc.co.uk", "news.zürich.example"]'))
    assert config.outlets == ("reuters.com", "bbc.co.uk", "news.zürich.example")


def test_when_a_story_counts_as_read(file: Path) -> None:
    assert (Config().mark_read, Config().mark_read_seconds) == ("after_seconds", 2.0)
    config = load_config(write(file, 'mark_read = "on_open"\nmark_read_seconds = 5'))
    assert (config.mark_read, config.mark_read_seconds) == ("on_open", 5.0)
    assert load_config(write(file, 'mark_read = "never"')).mark_read == "never"


def test_a_library_in_the_home_folder(file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    assert load_config(write(file, 'library = "~/news"')).library == tmp_path / "me" / "news"
    assert load_config(write(file, 'library = "~"')).library == tmp_path / "me"


def test_a_relative_library_lies_beside_the_file(file: Path) -> None:
    assert load_config(write(file, 'library = "news"')).library == file.parent / "news"
    assert load_config(write(file, 'library = "../news"')).library == file.parent / ".." / "news"


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('theem = "nord"', 1, "unknown key 'theem'; did you mean theme?"),
        ('theme = "nord"\n\n  brwoser = []\n', 3, "unknown key 'brwoser'; did you mean browser?"),
        ("# theem\n'libary' = 'a'", 2, "unknown key 'libary'; did you mean library?"),
        ("colour = 3", 1, "unknown key 'colour'; known keys: library, browser, theme"),
        ("theme = 'a'\n[keys]\nopen = 'o'", 2, "unknown key 'keys'; known keys:"),
        ("keys.open = 'o'", 1, "unknown key 'keys'"),
        ("\nlibrary = 3", 2, "library must be a folder's path"),
        ("library = ''", 1, "library must be a folder's path"),
        ("library = ['a']", 1, "library must be a folder's path"),
        (
            "library = '~no-such-person-here/news'",
            1,
            "library: no home folder is known for '~no-such-person-here/news'",
        ),
        ("browser = 'firefox {url}'", 1, "browser must be a list of texts"),
        ("browser = ['firefox', 3]", 1, "browser must be a list of texts"),
        ("browser = ['', '{url}']", 1, "browser must be a list of texts"),
        ("theme = 'a'\nbrowser = ['firefox']", 2, 'browser needs a part with "{url}" after the command'),
        ("browser = ['{url}']", 1, 'browser needs a part with "{url}" after the command'),
        ("theme = true", 1, "theme must be a theme's name"),
        ("theme = 'a'\noutlets = 'reuters.com'", 2, "outlets must be a list of domains, the best first"),
        ("outlets = ['reuters.com', 3]", 1, "outlets must be a list of domains"),
        ("outlets = ['https://reuters.com/world']", 1, "outlets must be a list of domains"),
        ("outlets = ['Reuters']", 1, "outlets must be a list of domains"),
        ("outlets = ['']", 1, "outlets must be a list of domains"),
        ("mark_read = 'always'", 1, "mark_read must be one of after_seconds, on_open, never"),
        ("mark_read = ['never']", 1, "mark_read must be one of"),
        ("theme = 'a'\nmark_read_seconds = 0", 2, "mark_read_seconds must be a number above 0, up to 3600"),
        ("mark_read_seconds = '2'", 1, "mark_read_seconds must be a number"),
        ("mark_read_seconds = true", 1, "mark_read_seconds must be a number"),
        ("mark_read_seconds = nan", 1, "mark_read_seconds must be a number"),
        ("mark_read_seconds = 3601", 1, "mark_read_seconds must be a number"),
    ],
)
def test_a_mistake_is_told_with_its_line(file: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load_config(write(file, text))
    assert str(caught.value).startswith(f"{file}:{line}: ")
    assert words in str(caught.value)


@pytest.mark.parametrize("text", ["theme = nord", "theme = 'a'\ntheme = 'b'", "[theme", "= 3", "theme 'a'"])
def test_what_is_no_toml_is_told_with_its_place(file: Path, text: str) -> None:
    with pytest.raises(ConfigError, match=r"config\.toml: .*\(at (line \d|end of document)"):
        load_config(write(file, text))


def test_a_file_that_cannot_be_read_is_told(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b"theme = '\xff'")
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(file)
    file.unlink()
    file.mkdir()
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(file)
    with pytest.raises(ConfigError, match="cannot be read"):
        load_config(write(file.parent / "plain", "") / "config.toml")
