"""The table of all settings. The known keys, the reading, `reader config --init` and the README come from it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reader.base.errors import ConfigError
from reader.base.toml_keys import long_key
from reader.settings import checks
from reader.settings.checks import WrongSettingError, nearest
from reader.settings.config import BUILT_IN_VIEWS, Config
from reader.settings.source import Source, shown
from reader.stories.limits import KEY_PARTS


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting.

    Attributes:
        name: its key in the file, which is the attribute of `Config` as well.
        check: checks its value: see `checks`.
        default: its default, as it is written in the file, or in words.
        doc: what it is, for a person.
        example: lines of a file that set it.
    """

    name: str
    check: Callable[[Any, str], object]
    default: str
    doc: str
    example: str

    @property
    def is_table(self) -> bool:
        """Whether it is a table, or several tables: these come at the end of the file."""
        return self.example.startswith("[")


SETTINGS = (
    Setting(
        "library",
        checks.folder,
        "the sample",
        "The folder that is opened when none is given; ~ is your home, and a relative one lies beside this file.",
        'library = "~/news"',
    ),
    Setting(
        "browser",
        checks.browser,
        "$BROWSER, else the system's own",
        "The command that opens a link, as a list of its parts; {url} stands for the link. No shell reads it.",
        'browser = ["firefox", "--new-tab", "{url}"]',
    ),
    Setting(
        "theme",
        checks.theme_name,
        '"reader-dark"',
        "reader-dark, reader-light, any theme of Textual, or one of your own. A theme that is chosen on the screen "
        "holds until this line changes.",
        'theme = "reader-light"',
    ),
    Setting(
        "outlets",
        checks.domains,
        "[]",
        "Domains of outlets, the best first: whose story is shown where the stories of an event are one row.",
        'outlets = ["reuters.com", "bbc.co.uk"]',
    ),
    Setting(
        "mark_read",
        checks.mark_read,
        '"after_seconds"',
        "When a story counts as read: after_seconds on the screen where you moved to it, on_open (Enter, or the link "
        "opened), or never.",
        'mark_read = "on_open"',
    ),
    Setting(
        "mark_read_seconds",
        checks.seconds,
        "2.0",
        "How many seconds that is.",
        "mark_read_seconds = 5.0",
    ),
    Setting(
        "start_view",
        checks.view_name,
        "where you were",
        f"The view a start begins with: {', '.join(view.name for view in BUILT_IN_VIEWS)}, or one of your own, "
        "from this file or saved on the screen.",
        'start_view = "Unread"',
    ),
    Setting(
        "preset",
        checks.preset,
        "the program's own keys",
        "Keys as another program has them: newsboat or eilmeldung. [keys] goes on top. `reader keys` prints them.",
        'preset = "eilmeldung"',
    ),
    Setting(
        "density",
        checks.density,
        '"auto"',
        "Lines of the list: one a story, two a headline, or auto: as many as all listed stories have room for.",
        'density = "one"',
    ),
    Setting(
        "images",
        checks.images,
        '"never"',
        "When the image of a story is fetched: never, on_key, or always.",
        'images = "on_key"',
    ),
    Setting(
        "image_cache_mb",
        checks.cache_megabytes,
        "100",
        "How much room fetched images may take on the disk, in MB.",
        "image_cache_mb = 500",
    ),
    Setting(
        "own_hosts",
        checks.own_hosts,
        "[]",
        "Hosts of this machine or of your own network that images may be fetched from, and links lead to without a "
        "question: everywhere else a story's text may lead to the web alone.",
        'own_hosts = ["nas.local", "192.168.1.5"]',
    ),
    Setting(
        "found_coverage",
        checks.yes_or_no,
        "true",
        "Whether a coverage shows stories that are alike: found by their words, and linked by no file. On the screen a "
        "key switches it.",
        "found_coverage = false",
    ),
    Setting(
        "fetch_every",
        checks.every,
        '"never"',
        "How often the screen asks the feeds of the library by itself, from 5m to 7d; each feed at most hourly.",
        'fetch_every = "30m"',
    ),
    Setting(
        "full_text",
        checks.addresses,
        "[]",
        "Feeds of whose new stories the whole text is fetched from the article's page, by a part of their addresses. "
        "Needs the extra story-reader[fulltext].",
        'full_text = ["theregister.co.uk"]',
    ),
    Setting(
        "follow_links",
        checks.yes_or_no,
        "false",
        "Whether symbolic links in the library are followed that lead out of it. `reader check` tells of those that "
        "are not.",
        "follow_links = true",
    ),
    Setting(
        "max_file_mb",
        checks.file_megabytes,
        "8",
        "How large a story's file may be, in MB. Larger ones are not read; `reader check` tells of them.",
        "max_file_mb = 20",
    ),
    Setting(
        "news_folders",
        checks.news_folders,
        "[]",
        "Folders in a library that alone are news, as in a vault of notes; a library that has none of them is read "
        "whole. Stories that the program itself writes (feeds, saved) are always read.",
        'news_folders = ["Clippings"]',
    ),
    Setting(
        "keys",
        checks.keys,
        "the preset's",
        "Keys, by the names that `reader keys` prints: one, several with commas between them, or a sequence such as "
        '"g g"; "" for none. Who takes a key that is another\'s gives that one another key, or none.',
        '[keys]\n"list.search" = "/,f3"\n"move.first" = "g g,home"\n"app.light" = ""',
    ),
    Setting(
        "views",
        checks.views,
        "none",
        "Views of your own: a name, a query, and if you like a sort (newest, oldest, quality, provider, covered) and "
        "whether the stories of an event are one row.",
        '[[views]]\nname = "London"\nquery = "topic:ai london is:unread"\nsort = "covered"\nby_event = true',
    ),
    Setting(
        "share",
        checks.share,
        "none",
        "Commands that a story can be handed to: a list of parts, in which {url}, {title} and {path} stand for the "
        "story's. No shell reads it.",
        '[[share]]\nname = "Mail"\ncommand = ["xdg-email", "--subject", "{title}", "--body", "{url}"]',
    ),
    Setting(
        "rules",
        checks.rules,
        "none",
        "What is done to stories of feeds that come in and answer a query: read, star, later, hide, tag:NAME, one or a "
        "list of them; and a command to run, as a list of parts, in which {url}, {title} and {path} stand for the "
        "story's. `reader rules apply` does it to the stories that are there. is:hidden lists what is hidden.",
        '[[rules]]\nwhen = "provider:pr OR title:sponsored"\nthen = ["read", "tag:ad"]',
    ),
    Setting(
        "themes",
        checks.themes,
        "none",
        f"Themes of your own. Colours: {', '.join((*checks.COLORS, *checks.OWN_COLORS))}. All but primary may be left "
        "out, and follow from the others.",
        '[[themes]]\nname = "paper"\ndark = false\nprimary = "#1a56b0"\nforeground = "#222222"\nbackground = "#fbfbf9"',
    ),
)
"""All settings, in the order of the file."""

NAMES = tuple(setting.name for setting in SETTINGS)


def read(text: str, path: Path) -> Config:
    """Read the text of a configuration file.

    Raises:
        ConfigError: it is not TOML, or has a key that is not known or a value that is not valid.
    """
    if (above := long_key(text, KEY_PARTS)) is not None:
        raise ConfigError(f"{shown(path)}:{above + 1}: a key of more than {KEY_PARTS} parts")
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+)", str(error))
        line = place[1] if place else text.count("\n") + 1
        raise ConfigError(f"{shown(path)}:{line}: {error}") from error
    except ValueError as error:  # a number of thousands of digits
        raise ConfigError(f"{shown(path)}: {error}") from error
    except RecursionError as error:
        raise ConfigError(f"{shown(path)}: nested too deep") from error
    source = Source(path, text)
    try:
        return _read(data, path, source)
    except WrongSettingError as error:
        raise ConfigError(f"{source.place(error.setting)}: {error.reason}") from error


def _read(data: dict[str, object], path: Path, source: Source) -> Config:
    for key in data:
        if key not in NAMES:
            raise WrongSettingError(key, f"unknown key {key!r}{nearest(key, NAMES, 'known keys')}")
    values: dict[str, Any] = {
        setting.name: setting.check(data[setting.name], setting.name) for setting in SETTINGS if setting.name in data
    }
    if "library" in values:
        values["library"] = path.parent / values["library"]
    return Config(**values, source=source)
