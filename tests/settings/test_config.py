from __future__ import annotations

from pathlib import Path

import pytest

from reader.base.errors import ConfigError
from reader.settings.config import Config, ShareTarget, UserTheme, View
from reader.settings.file import load_config
from reader.settings.views import Views


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


def test_tables_are_read(file: Path) -> None:
    config = load_config(
        write(
            file,
            """start_view = "London"
images = "on_key"
image_cache_mb = 20
found_coverage = false
follow_links = true
own_hosts = ["NAS.local.", "192.168.1.5", "::1"]
max_file_mb = 30
preset = "newsboat"
[keys]
list.search = "/, ctrl+f"
"story.open" = ["o", ",", "g   o", " "]
app.light = ""
app.help = []
[[views]]
name = " London\\u202e "
query = "topic:ai"
sort = "covered"
by_event = true
[[views]]
name = "All"
[[share]]
name = "Mail"
command = ["mail", "-s", "{title}", "a{}"]
[[themes]]
name = "paper"
dark = false
primary = "#123"
reader-dim = "gray"
""",
        )
    )
    assert config == Config(
        start_view="London",
        images="on_key",
        image_cache_mb=20,
        found_coverage=False,
        follow_links=True,
        own_hosts=("nas.local", "192.168.1.5", "::1"),
        max_file_mb=30,
        preset="newsboat",
        keys=(("list.search", "/,ctrl+f"), ("story.open", "o,comma,g o,space"), ("app.light", ""), ("app.help", "")),
        views=(View("London", "topic:ai", "covered", by_event=True), View("All")),
        share=(ShareTarget("Mail", ("mail", "-s", "{title}", "a{}")),),
        themes=(UserTheme("paper", dark=False, colors=(("primary", "#123"), ("reader-dim", "gray"))),),
    )


def test_a_start_view_may_be_one_that_is_always_there(file: Path) -> None:
    assert load_config(write(file, 'start_view = "Most covered"')).start_view == "Most covered"


def test_a_view_may_take_the_place_of_a_built_in_one(file: Path) -> None:
    config = load_config(write(file, "[[views]]\nname = 'Today'\nquery = 'age:<12h'"))
    assert Views(config.views).named("today") == View("Today", "age:<12h")


def test_a_file_of_windows_is_read(file: Path) -> None:
    file.parent.mkdir()
    file.write_bytes(b'\xef\xbb\xbf# x\r\ntheme = "nord"\r\n')
    assert load_config(file).theme == "nord"


def test_what_is_nested_without_end_is_told(file: Path) -> None:
    with pytest.raises(ConfigError, match="nested too deep"):
        load_config(write(file, f"a = {'[' * 5_000}{']' * 5_000}"))


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
        ("theme = 'a'\n[colour]\nopen = 'o'", 2, "unknown key 'colour'; known keys:"),
        ("ky.open = 'o'", 1, "unknown key 'ky'; did you mean keys?"),
        ("mark_read = 'on-open'", 1, "as text; did you mean on_open?"),
        ("preset = 'newsbot'", 1, "preset must be one of newsboat, eilmeldung, as text; did you mean newsboat?"),
        ("preset = 1", 1, "preset must be one of"),
        ("images = 'yes'", 1, "images must be one of never, on_key, always"),
        ("image_cache_mb = 0", 1, "image_cache_mb must be a whole number from 1 to 100000"),
        ("follow_links = 1", 1, "follow_links must be true or false"),
        ('own_hosts = "nas.local"', 1, "own_hosts must be a list of hosts"),
        ('own_hosts = ["http://nas.local/"]', 1, "own_hosts must be a list of hosts"),
        ('own_hosts = [""]', 1, "own_hosts must be a list of hosts"),
        ("image_cache_mb = 1.5", 1, "image_cache_mb must be a whole number"),
        ("max_file_mb = 1001", 1, "max_file_mb must be a whole number from 1 to 1000"),
        ("max_file_mb = 0", 1, "max_file_mb must be a whole number from 1 to 1000"),
        ("image_cache_mb = true", 1, "image_cache_mb must be a whole number"),
        ("start_view = 3", 1, "start_view must be a view's name"),
        ("library = 'a\\u0000'\n".replace("'", '"'), 1, "library must be a folder's path"),
        # keys
        ("keys = 'o'", 1, "keys must be a table, such as [keys]"),
        ("[keys]\n'a.b' = 1", 2, "'a.b' must be text such as"),
        ("[keys]\na.b = ['x', 1]", 2, "'a.b' must be text such as"),
        ("[keys]\na.b = 'x,'", 2, "'a.b': an empty text is no key; the comma's own key is"),
        ("[keys]\na.b = ['x', '']", 2, "'a.b': an empty text is no key"),
        ("[keys]\na.b = 'x'\n'a.b' = 'y'", 2, "'a.b' is set twice"),
        # views
        ("views = 'x'", 1, "views must be tables: each begins with a line [[views]]"),
        ("views = ['x']", 1, "views must be tables"),
        ("[views]\nname = 'x'", 1, "views must be tables"),
        ("[[views]]\n\nquery = 'x'", 1, "a view needs a name"),
        ("[[views]]\nname = ' \u202e '", 2, "a view needs a name"),
        ("[[views]]\nname = 'a'\n[[views]]\nname = 'a'", 4, "there are two of the name 'a'"),
        ("[[views]]\nname = 'Café'\n[[views]]\nname = 'cafe'", 4, "there are two of the name 'cafe'"),
        ("[[views]]\nname = 'a'\nquerry = 'a'", 3, "unknown key 'querry' in [[views]]; did you mean query?"),
        ("[[views]]\nname = 'a'\nquery = 'date:soon'", 3, "query, character 6: "),
        ("[[views]]\nname = 'a'\nquery = ['x']", 3, "query must be text"),
        ("[[views]]\nname = 'a'\nsort = 'newst'", 3, "sort must be one of newest, oldest, quality, provider, covered"),
        ("[[views]]\nname = 'a'\nby_event = 'yes'", 3, "by_event must be true or false"),
        # share
        ("[[share]]\nname = 'm'", 1, "command must be a list of texts"),
        ("[[share]]\ncommand = ['m', '{url}']", 1, "a share target needs a name"),
        ("[[share]]\nname = 'm'\ncommand = 'mail {url}'", 3, "command must be a list of texts"),
        ("[[share]]\nname = 'm'\ncommand = []", 3, "command must be a list of texts"),
        ("[[share]]\nname = 'm'\ncommand = ['mail']", 3, "command needs a part with one of {url}, {title}, {path}"),
        ("[[share]]\nname = 'm'\ncommand = ['{path}']", 3, "the first part is the program, and cannot have {path}"),
        ("[[share]]\nname = 'm'\ncommand = ['m',\n'{titel}']", 4, "{titel} stands for nothing; did you mean title?"),
        # themes
        ("[[themes]]\nname = 'm'", 1, "a theme needs at least the colour primary"),
        ("[[themes]]\nname = 'm'\nprimry = '#fff'", 3, "unknown key 'primry' in [[themes]]; did you mean primary?"),
        ("[[themes]]\nname = 'm'\nprimary = 0xffffff", 3, "primary must be a colour, as text"),
        ("[[themes]]\nname = 'm'\nprimary = '#fff'\ndark = 'no'", 4, "dark must be true or false"),
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
    line = text.count("\n") + 1
    with pytest.raises(ConfigError, match=rf"config\.toml:{line}: .*\(at (line {line}|end of document)"):
        load_config(write(file, text))


def test_what_is_far_too_long_is_not_read(file: Path) -> None:
    with pytest.raises(ConfigError, match="larger than 1,000,000 bytes"):
        load_config(write(file, "#" * 1_000_001))


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
