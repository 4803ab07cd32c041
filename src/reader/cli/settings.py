"""The commands about the settings: `reader keys` and `reader config`."""

from __future__ import annotations

import click

from reader.base.errors import ConfigError, LibraryError, ReaderError
from reader.base.paths import cache_folder, config_file, marks_file, views_file
from reader.base.text import clean
from reader.base.times import duration
from reader.cli.libraries import choose, complete_folders, synced
from reader.cli.printing import prints, say
from reader.settings.config import PRESETS, Config
from reader.settings.file import load_config
from reader.settings.table import SETTINGS, Setting


@click.command("keys")
@click.option("--preset", type=click.Choice(PRESETS), help="The keys of a preset, whatever the configuration says.")
@click.option("--markdown", is_flag=True, help="As a Markdown table.")
@prints
def print_keys(preset: str | None, *, markdown: bool) -> None:
    """Print all keys in force, with their names for the configuration."""
    from reader.ui.keys.bindings import key_table
    from reader.ui.keys.keymap import keymap_of

    rows = key_table(keymap_of(Config(preset=preset) if preset else load_config(config_file())))
    if markdown:
        from reader.ui.keys.page import markdown_table

        for line in markdown_table(rows):
            say(line)
        return
    area = ""
    for row in rows:
        if row.area != area:
            say(f"{'' if not area else chr(10)}{row.area}")
            area = row.area
        say(f"  {row.keys:<18}  {row.id:<20}  {row.tooltip}")


@click.command("config")
@click.argument("folder", required=False, shell_complete=complete_folders)
@click.option("--init", "is_init", is_flag=True, help="Write the file with all settings, commented out.")
@click.option("--print", "is_print", is_flag=True, help="Print that file instead of writing it.")
@prints
def print_config(folder: str | None, *, is_init: bool, is_print: bool) -> None:
    """Check the configuration; print where all lies, the settings, and which tools wrote the stories.

    FOLDER is the library that is looked at; by default the usual one.
    """
    if is_init or is_print:
        from reader.settings.commented import commented, write_commented

        if is_print:
            click.echo(commented(), nl=False)
        else:
            write_commented(config_file())
            say(f"written: {clean(str(config_file()))}")
        return
    settings = load_config(config_file())
    _check(settings)
    place, origin = choose(folder, settings)
    there = "" if config_file().exists() else "  (not there: all is as by default; --init writes one)"
    say(f"configuration  {clean(str(config_file()))}{there}")
    say(f"indexes        {clean(str(cache_folder() / 'index'))}")
    say(f"marks          {clean(str(marks_file()))}")
    say(f"library        {clean(str(place))}  ({origin})")
    say(f"formats        {_formats(folder)}")
    say("\nsettings; in brackets what holds where the file says nothing")
    for setting in SETTINGS:
        if setting.name != "library":
            say(f"{setting.name:<17}  {clean(_in_force(settings, setting))}")


def _in_force(settings: Config, setting: Setting) -> str:
    """The value of a setting in words; the default in brackets."""
    value = getattr(settings, setting.name)
    if value == getattr(Config(), setting.name):
        default = setting.default.strip('"')
        return f"({'none' if default == '[]' else default})"
    if setting.name in ("keys", "rules"):
        return f"{len(value)} of your own"
    if setting.is_table:
        return ", ".join(one.name for one in value)
    if setting.name == "fetch_every":
        return duration(value)
    if isinstance(value, bool):
        return str(value).lower()
    return (" " if setting.name == "browser" else ", ").join(value) if isinstance(value, tuple) else str(value)


def _formats(folder: str | None) -> str:
    """The tools that wrote the stories of a library, with their numbers."""
    try:
        index = synced(folder, glance=True).index
    except LibraryError as error:
        return f"not known: {error}"
    formats, stories = index.formats(), index.counts().stories
    own = stories - sum(one.stories for one in formats)
    counted = [f"{one.name} {one.stories:,}" for one in formats]
    return " · ".join([*counted, *([f"front matter of its own {own:,}"] if own or not counted else [])])


def _check(settings: Config) -> None:
    """Check the settings that only the screen understands: keys, colours, the theme's name and the start view's.

    Raises:
        ConfigError: there is no such key, colour, theme or view, a key has two meanings, or the view cannot be listed.
    """
    if settings.preset or settings.keys:
        from reader.ui.keys.keymap import keymap_of

        keymap_of(settings)
    if settings.themes or settings.theme != Config().theme:
        from reader.ui.look.user_themes import no_theme, theme_names, user_themes

        user_themes(settings)
        if settings.theme not in theme_names(settings):
            raise ConfigError(no_theme(settings, settings.theme, theme_names(settings)))
    if settings.start_view:
        from reader.ui.start import start_view

        try:
            start_view(settings, views_file())
        except ConfigError:
            raise
        except ReaderError as error:
            raise settings.mistake("start_view", f"“{clean(settings.start_view)}” cannot be listed: {error}") from error
