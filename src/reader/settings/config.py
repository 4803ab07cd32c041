"""The configuration as a value: all settings, with their defaults."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.base.errors import ConfigError
from reader.stories.limits import FILE_MB, IMAGE_CACHE_MB, MEGABYTE, Limits

if TYPE_CHECKING:
    from reader.settings.source import Source

MARK_READ = ("after_seconds", "on_open", "never")
"""The values of `mark_read`."""

MOST_SECONDS = 3_600
"""The longest `mark_read_seconds`."""

PRESETS = ("newsboat", "eilmeldung")
"""The values of `preset`, besides the empty one."""

DENSITIES = ("one", "two", "auto")
"""The values of `density`."""

WHEN_IMAGES = ("never", "on_key", "always")
"""The values of `images`."""


class View(NamedTuple):
    """A saved query with a sort.

    Attributes:
        name: its name; no other view has it.
        query: the query as it is written; empty for all stories.
        sort: the order, by its short name; empty for newest first.
        by_event: whether the stories of an event share one row.
    """

    name: str
    query: str = ""
    sort: str = ""
    by_event: bool = False


BUILT_IN_VIEWS = (
    View("Unread", "is:unread"),
    View("Starred", "is:starred"),
    View("Later", "is:later"),
    View("Today", "age:<1d"),
    View("Most covered", "outlets:>=2", "covered"),
    View("Watched", "is:watched"),
)
"""The views that the program has itself."""


class ShareTarget(NamedTuple):
    """A command that a story is handed to.

    Attributes:
        name: its name.
        command: the parts of the command; `{url}`, `{title}` and `{path}` in a part stand for the story's. No shell
            reads it.
    """

    name: str
    command: tuple[str, ...]


TAG_WORD = "tag:"
"""The beginning of an action of a rule that gives a tag."""

ACTIONS = ("read", "star", "later", "hide", f"{TAG_WORD}NAME")
"""The actions that `then` of a rule may have."""


class Rule(NamedTuple):
    """What to do with stories that come in.

    Attributes:
        when: the query that a story has to match.
        then: what to do with it, of `ACTIONS`.
        run: the command to hand it to, as `ShareTarget.command`; empty for none.
    """

    when: str
    then: tuple[str, ...] = ()
    run: tuple[str, ...] = ()


class UserTheme(NamedTuple):
    """A theme of the configuration.

    Attributes:
        name: its name.
        dark: whether it has a dark background.
        colors: the colours, each after Textual's name for it, such as `primary` or `background`.
    """

    name: str
    dark: bool
    colors: tuple[tuple[str, str], ...]


class Config(NamedTuple):
    """The settings. Configurations with the same settings are equal, whatever file they come from.

    Attributes:
        library: the folder that is opened when none is given; None for the sample.
        browser: the command that opens a link, as a list; `{url}` stands for the link. Empty: `$BROWSER`, else the
            platform's own.
        theme: the name of the theme.
        outlets: domains of outlets, the best first: whose story speaks for an event where its stories are one row.
        mark_read: when a story counts as read: `after_seconds` in the story pane, `on_open` (Enter or o), or `never`.
        mark_read_seconds: for how long, with `after_seconds`.
        views: the views of the configuration, in their order.
        start_view: the name of the view to begin with; empty to begin where the person was.
        share: the commands to which `S` offers to hand a story.
        preset: the keys' preset: empty for the program's own, `newsboat` or `eilmeldung`.
        keys: keys by the ids of the bindings: what `set_keymap` takes, and sequences such as `g g`.
        themes: the themes of the configuration.
        density: how many lines a story takes in the list: `one`; `two` for the headline and one below; `auto`.
        images: when the lead image is fetched: `never`, `on_key` or `always`.
        image_cache_mb: how much room fetched images may take on the disk, in MB.
        own_hosts: hosts of this machine or of the person's own network to which strangers' links may lead.
        found_coverage: whether a coverage shows stories that are alike: found by their words, linked by no file.
        follow_links: whether symbolic links that lead out of the library are followed.
        max_file_mb: how large a story's file may be, in MB.
        fetch_every: every how many seconds the screen asks the feeds without a key; 0 for never.
        full_text: feeds for whose new stories the full text is fetched, by parts of their addresses.
        rules: what to do with stories that come in.
        news_folders: where a library has folders of these names, only those are read.
        source: the text of the file; None where there is no file.
    """

    library: Path | None = None
    browser: tuple[str, ...] = ()
    theme: str = "reader-dark"
    outlets: tuple[str, ...] = ()
    mark_read: str = "after_seconds"
    mark_read_seconds: float = 2.0
    views: tuple[View, ...] = ()
    start_view: str = ""
    share: tuple[ShareTarget, ...] = ()
    preset: str = ""
    keys: tuple[tuple[str, str], ...] = ()
    themes: tuple[UserTheme, ...] = ()
    density: str = "auto"
    images: str = "never"
    image_cache_mb: int = IMAGE_CACHE_MB
    own_hosts: tuple[str, ...] = ()
    found_coverage: bool = True
    follow_links: bool = False
    max_file_mb: int = FILE_MB
    fetch_every: int = 0
    full_text: tuple[str, ...] = ()
    rules: tuple[Rule, ...] = ()
    news_folders: tuple[str, ...] = ()
    source: Source | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Config) and self[:-1] == other[:-1]

    def __ne__(self, other: object) -> bool:
        return not self == other

    def __hash__(self) -> int:
        return hash(self[:-1])

    @property
    def limits(self) -> Limits:
        """The bounds on what is taken in of a story's file."""
        return Limits(
            file_bytes=self.max_file_mb * MEGABYTE, follow_links=self.follow_links, news_folders=self.news_folders
        )

    def mistake(self, setting: str, reason: str) -> ConfigError:
        """The error for a wrong setting, with its place in the file.

        Args:
            setting: its path in the file, as `Source.place` takes it: `theme`, `keys.story.open`, `themes.0.primary`.
            reason: what is wrong with it.
        """
        return ConfigError(f"{self.source.place(setting)}: {reason}" if self.source else reason)
