from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest

from reader.base.errors import ConfigError
from reader.settings.commented import commented, write_commented
from reader.settings.config import Config
from reader.settings.file import load_config
from reader.settings.table import NAMES, SETTINGS, Setting
from reader.ui.keys.keymap import keymap_of
from reader.ui.look.user_themes import user_themes

README = Path(__file__).parents[2] / "README.md"


def uncommented(text: str) -> str:
    """The text with all examples set."""
    return re.sub(r"^#(?=\S)", "", text, flags=re.MULTILINE)


def test_there_is_a_setting_for_each_field_and_none_besides() -> None:
    assert set(NAMES) == {name for name in Config._fields if name != "source"}


def test_the_file_changes_nothing(tmp_path: Path) -> None:
    write_commented(tmp_path / "settings" / "config.toml")
    assert load_config(tmp_path / "settings" / "config.toml") == Config()


@pytest.mark.parametrize("setting", SETTINGS, ids=NAMES)
def test_each_example_is_valid_and_changes_its_setting(setting: Setting, tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(setting.example, encoding="utf-8")
    config = load_config(tmp_path / "config.toml")
    assert getattr(config, setting.name) != getattr(Config(), setting.name)
    assert setting.example.splitlines()[0] in uncommented(commented()).splitlines()


def test_all_examples_together_are_valid(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(uncommented(commented()), encoding="utf-8")
    config = load_config(tmp_path / "config.toml")
    assert all(getattr(config, name) != getattr(Config(), name) for name in NAMES)
    keymap_of(config)
    keymap_of(Config(keys=config.keys))
    assert [theme.name for theme in user_themes(config)] == ["paper"]


def test_the_defaults_are_those_of_the_program(tmp_path: Path) -> None:
    for setting in SETTINGS:
        if re.match(r'["\[\d]', setting.default):
            (tmp_path / "config.toml").write_text(f"{setting.name} = {setting.default}", encoding="utf-8")
            assert load_config(tmp_path / "config.toml") == Config()


def test_the_file_is_for_its_user_alone_and_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "settings" / "config.toml"
    write_commented(file)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    file.write_text("# mine", encoding="utf-8")
    with pytest.raises(ConfigError, match="is there already, and stays as it is"):
        write_commented(file)
    assert file.read_text(encoding="utf-8") == "# mine"


def test_a_file_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "plain").touch()
    with pytest.raises(ConfigError, match=r"config\.toml: cannot be written"):
        write_commented(tmp_path / "plain" / "config.toml")
    (tmp_path / "config.toml").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigError, match="is there already"):
        write_commented(tmp_path / "config.toml")
    assert not (tmp_path / "elsewhere").exists()


def test_the_readme_tells_of_every_setting() -> None:
    def shown(default: str) -> str:
        return f"`{default}`" if default[0] in '"[' or default[0].isdigit() else default

    rows = [f"| `{one.name}` | {one.doc} | {shown(one.default)} |" for one in SETTINGS]
    table = "\n".join(["| setting | what it is | default |", "|---|---|---|", *rows])
    assert table in README.read_text(encoding="utf-8")
