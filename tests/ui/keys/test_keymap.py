"""Keys of the configuration and presets: what is refused, and what the keys in force are."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.base.errors import ConfigError
from reader.settings.config import PRESETS, Config
from reader.settings.file import load_config
from reader.ui.keys import presets
from reader.ui.keys.bindings import APP, LIST, MAIN, MOVES, NO_KEY, QUERY, TREE, key_sign, key_table
from reader.ui.keys.keymap import IDS, Keymap, keymap_of, sequences_in
from reader.ui.keys.names import KeyNameError, key_named, keys_named
from support import MakeApp, settle, toasts


def keymap(tmp_path: Path, keys: str, top: str = "") -> Keymap:
    """The keymap of a configuration file; its first key stands on line 4."""
    file = tmp_path / "config.toml"
    file.write_text(f"{top}\n\n[keys]\n{keys}\n", encoding="utf-8")
    return keymap_of(load_config(file))


def test_the_programs_own_keys_do_not_clash() -> None:
    assert keymap_of(Config()) == {}


def test_every_binding_has_a_name_that_the_configuration_may_use() -> None:
    assert {row.id for row in key_table()} <= set(IDS)
    assert len(IDS) == len(set(IDS))
    assert {binding.id for binding in (*APP, *MAIN, *MOVES, *LIST, *TREE, *QUERY)} <= set(IDS)


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_has_no_clashes_and_only_keys_that_there_are(preset: str) -> None:
    told = presets.PRESETS[preset]
    assert keymap_of(Config(preset=preset)) == told
    assert set(told) <= set(IDS)
    for keys in told.values():
        assert keys == NO_KEY or [keys_named(key) for key in keys.split(",")] == keys.split(",")


@pytest.mark.parametrize("preset", PRESETS)
def test_every_binding_has_a_key_in_a_preset(preset: str) -> None:
    assert all(row.keys for row in key_table(keymap_of(Config(preset=preset))))


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_says_only_what_differs(preset: str) -> None:
    own = {row.id: row.keys for row in key_table()}
    told = {row.id: row.keys for row in key_table(presets.PRESETS[preset])}
    assert {name for name in presets.PRESETS[preset] if own.get(name) == told.get(name)} == set()


def test_keys_are_told_by_textuals_names(tmp_path: Path) -> None:
    assert keymap(tmp_path, 'list.search = "/, ctrl+f"\n"story.open" = ["o", "&", "ctrl+/"]\napp.light = ""') == {
        "list.search": "slash,ctrl+f",
        "story.open": "o,ampersand,ctrl+slash",
        "app.light": NO_KEY,
    }


@pytest.mark.parametrize(
    ("keys", "line", "words"),
    [
        ('list.serch = "/"', 4, "nothing here is named 'list.serch'; did you mean list.search?"),
        ('\n\n"xyz" = "/"', 6, "nothing here is named 'xyz'; `reader keys` prints all names"),
        ('theme = "nord"', 4, "'theme' is not a key's name but a setting: it must stand above the first [table]"),
        ('story.open = "ctlr+o"', 4, "story.open: no key is named 'ctlr+o'; did you mean ctrl+o?"),
        ('story.open = "shift+o"', 4, "did you mean O?"),
        ('story.open = "ctrl+q"', 4, "ctrl+q always leaves the program"),
        ('story.open = "g escape"', 4, "escape gives a sequence up"),
        ('story.open = "b b b b b"', 4, "longer than 4 keys"),
        ('query.done = "x"', 4, "query.done: x is typed there, and cannot be a key"),
        ('dialog.next = "j"', 4, "dialog.next: j is typed there, and cannot be a key"),
        ('query.done = "space x"', 4, "query.done: space is typed there"),
        (
            'app.light = "Z"\nstory.read = "n"',
            5,
            'story.read takes the key n from go.next_unread; give that one another key, or none: "go.next_unread" = ""',
        ),
        ('story.star = "f5"\nstory.read = "f5"', 5, "story.read takes the key f5 from story.star"),
        ('list.expand = "j"', 4, "list.expand takes the key j from move.next"),
        ('coverage.expand = "enter"', 4, "coverage.expand takes the key Enter from coverage.choose"),
        ('story.zen = "q"', 4, "story.zen takes the key q from app.quit"),
        ('query.done = "ctrl+p"', 4, "query.done takes the key ctrl+p from app.palette"),
        ('story.zen = "g z"', 4, "story.zen has gz, which cannot go with g of move.first"),
        ('move.first = "g g"\nstory.zen = "g g g"', 5, "story.zen has ggg, which cannot go with gg of move.first"),
        ('story.zen = "space"', 4, "story.zen takes the key space from story.scroll_down"),
    ],
)
def test_a_mistake_among_the_keys_is_told_with_its_line(tmp_path: Path, keys: str, line: int, words: str) -> None:
    with pytest.raises(ConfigError) as caught:
        keymap(tmp_path, keys)
    assert str(caught.value).startswith(f"{tmp_path / 'config.toml'}:{line}: ")
    assert words in str(caught.value)


@pytest.mark.parametrize(
    "keys",
    [
        'story.read = "s"\nstory.star = "r"',
        'story.read = "n"\ngo.next_unread = ""',
        'list.expand = "enter"\nlist.choose = "right"',
        'coverage.expand = "f9"\nlist.expand = "f9"\nquery.done = "f9"',
        'move.first = "g g, home"\nstory.zen = "g z"',
        'app.quit = "ctrl+q"',
        'query.clear = "escape,delete"',
        'story.read = "r,r"',
    ],
)
def test_keys_that_do_not_meet_are_no_clash(tmp_path: Path, keys: str) -> None:
    keymap(tmp_path, keys)


def test_keys_go_on_top_of_a_preset(tmp_path: Path) -> None:
    told = keymap(tmp_path, 'story.read = "r"\nlibrary.rescan = "f5"', 'preset = "newsboat"')
    assert told == {**presets.NEWSBOAT, "story.read": "r", "library.rescan": "f5"}
    with pytest.raises(ConfigError, match=r":4: story\.zen takes the key A from list\.read_all"):
        keymap(tmp_path, 'story.zen = "A"', 'preset = "newsboat"')


def test_the_table_shows_the_keys_in_force() -> None:
    told = {
        row.id: row.keys
        for row in key_table({"move.first": "g g,home", "app.light": NO_KEY, "story.zen": "space ctrl+x"})
    }
    assert told["move.first"] == "gg Home"
    assert told["app.light"] == ""
    assert told["story.zen"] == "space·ctrl+x"
    assert (told["app.quit"], told["list.topic_1"]) == ("q Q", "1–9")
    changed = {row.id: row.keys for row in key_table({"list.topic_2": "f2"})}
    assert (changed["list.topic_1"], changed["list.topic_2"]) == ("1", "f2")


def test_sequences_are_found() -> None:
    assert sequences_in({"a": "g g,home", "b": "x", "c": "space b"}) == {"g g", "space b"}


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("/", "slash"), ("+", "plus"), ("ctrl++", "ctrl+plus"), ("slash", "slash"), ("solidus", "slash"), ("é", "é"),
        ("shift+tab", "shift+tab"), ("f12", "f12"), ("G", "G"), ("alt+.", "alt+full_stop"), ("space", "space"),
        ("shift+ctrl+left", "ctrl+shift+left"), ("alt+shift+a", "alt+shift+a"), ("<", "less_than_sign"),
    ],
)  # fmt: skip
def test_a_key_has_one_name(word: str, key: str) -> None:
    assert key_named(word) == key


@pytest.mark.parametrize(
    ("word", "words"),
    [
        ("esc", "did you mean escape?"), ("return", "did you mean enter?"), ("pgdn", "did you mean pagedown?"),
        ("Enter", "did you mean enter?"), ("shift+a", "did you mean A?"), ("shift+1", "write the character it makes"),
        ("ctrl+A", "did you mean ctrl+a?"), ("alt+A", "did you mean alt+shift+a?"), ("f25", "no key is named 'f25'"),
        ("ctrl+h", "a terminal sends backspace for ctrl+h"), ("ctrl+[", "a terminal sends escape"),
        ("control+f", "did you mean ctrl+f?"), ("ctrl+ctrl+a", "did you mean ctrl+a?"), ("\x1b", r"named '\x1b'"),
        ("hyper+a", "no key is named"), ("<any>", "no key is named"), ("ctrl+", "no key is named"),
    ],
)  # fmt: skip
def test_what_is_no_key_is_told_with_what_was_meant(word: str, words: str) -> None:
    with pytest.raises(KeyNameError) as caught:
        key_named(word)
    assert words in str(caught.value)


def test_keys_are_written_for_a_person() -> None:
    keys = ("slash", "less_than_sign", "ctrl+slash", "g g", "g home", "F", "space", "backspace")
    assert [key_sign(key) for key in keys] == ["/", "<", "ctrl+/", "gg", "g·Home", "F", "space", "backspace"]


async def test_dialogs_follow_the_keys_of_the_configuration(make_app: MakeApp) -> None:
    keys = {
        "story.copy_link": "C",
        "dialog.close": "ctrl+x",
        "views.remove": "ctrl+k",
        "event.headlines": "Z",
        "move.next": "n",
        "go.next_unread": "",
    }
    app = make_app(config=Config(mark_read="never", keys=tuple(keys.items())))
    async with app.run_test(size=(120, 40)) as pilot:
        screen = await settle(pilot)
        for opening, closing, hint in (
            ("u", "ctrl+x", "1–9 or Enter open · C copy · ctrl+x close"),
            ("f", "ctrl+x", "Enter list · ctrl+k remove a saved one · ctrl+x close"),
            ("t", "ctrl+x", "Enter choose · Tab choose several · ctrl+x close"),
            ("question_mark", "ctrl+x", "Tab next page · ctrl+x close"),
            ("Z", "Z", "bold: not in the headline at the cursor · Enter go there · o open · ctrl+x close"),
        ):
            await pilot.press(opening)
            while app.screen is screen or not app.screen.children:
                await pilot.pause(0.1)
            assert str(app.screen.children[0].border_subtitle) == hint
            await pilot.press(closing)
            await settle(pilot)
            assert app.screen is screen, opening
        await pilot.press("u")
        while app.screen is screen:
            await pilot.pause(0.1)
        await pilot.press("C", "escape")
        assert app.screen is not screen
        await pilot.press("ctrl+x")
        await settle(pilot)
        assert toasts(screen)[-1].startswith("Link copied")
