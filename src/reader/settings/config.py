"""The configuration as a value: every setting, and what it is where nobody says anything."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from reader.base.errors import ConfigError
from reader.stories.limits import FILE_MB, IMAGE_CACHE_MB, MEGABYTE, Limits

if TYPE_CHECKING:
    from reader.settings.source import Source

MARK_READ = ("after_seconds", "on_open", "never")
"""What `mark_read` may be."""

MOST_SECONDS = 3_600
"""The longest `mark_read_seconds`."""

PRESETS = ("newsboat", "eilmeldung")
"""What `preset` may be, apart from nothing."""

DENSITIES = ("one", "two", "auto")
"""What `density` may be."""

WHEN_IMAGES = ("never", "on_key", "always")
"""What `images` may be."""


class View(NamedTuple):
    """A saved query with a sort.

    Attributes:
        name: what it is called, once among all views.
        query: the query as it is written; empty for every story.
        sort: the order, by its short name; empty for the usual one.
        by_event: whether the stories of one event are one row.
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
"""Views that are there without anybody saying so."""


class ShareTarget(NamedTuple):
    """A command that a story is handed to.

    Attributes:
        name: what it is called.
        command: the command as a list of its parts; `{url}`, `{title}` and `{path}` in a part stand for the story's. No
            shell reads it.
    """

    name: str
    command: tuple[str, ...]


TAG_WORD = "tag:"
"""What an action of a rule begins with that gives a tag."""

ACTIONS = ("read", "star", "later", "hide", f"{TAG_WORD}NAME")
"""What `then` of a rule may say."""


class Rule(NamedTuple):
    """What is done to stories that come in.

    Attributes:
        when: a query: to stories that answer it.
        then: what is done, of `ACTIONS`.
        run: the command that each is handed to, as a list of its parts; empty for none. See `ShareTarget.command`.
    """

    when: str
    then: tuple[str, ...] = ()
    run: tuple[str, ...] = ()


class UserTheme(NamedTuple):
    """A theme of the user's own.

    Attributes:
        name: what it is called.
        dark: whether its ground is dark.
        colors: colours by Textual's names for them, such as `primary` or `background`.
    """

    name: str
    dark: bool
    colors: tuple[tuple[str, str], ...]


class Config(NamedTuple):
    """The settings. Two are the same that say the same, wherever they stand.

    Attributes:
        library: the folder that is opened when none is given.
        browser: the command that opens a link, as a list; `{url}` stands for the link. Empty: `$BROWSER`, else the
            platform's own.
        theme: the name of the theme.
        outlets: domains of outlets, the best first: whose story speaks for an event where its stories are one row.
        mark_read: when a story counts as read: `after_seconds` in the story pane, `on_open` (Enter or o), or `never`.
        mark_read_seconds: how long that is.
        views: views of the user's own, in their order.
        start_view: the name of the view a start begins with; empty for where the last one ended.
        share: what `S` offers to hand a story to.
        preset: the keys' preset: empty for the program's own, `newsboat` or `eilmeldung`.
        keys: keys by the ids of the bindings: what `set_keymap` takes, and sequences such as `g g`.
        themes: themes of the user's own.
        density: how many lines a story takes in the list: `one`; `two` for the headline and one below; `auto`.
        images: when the lead image is fetched: `never`, `on_key` or `always`.
        image_cache_mb: how much room fetched images may take on the disk, in MB.
        own_hosts: hosts of this machine or of the person's own network that what strangers write may reach.
        found_coverage: whether stories that are alike are shown in a coverage: found by their words, linked by no file.
        follow_links: whether symbolic links that leave the library are followed.
        max_file_mb: how large a story's file may be, in MB.
        fetch_every: seconds after which the screen asks the feeds by itself; 0 for never.
        full_text: parts of the addresses of feeds of whose new stories the whole text is fetched.
        rules: what is done to stories that come in.
        news_folders: folders of a library that alone are news, where it has any of them.
        source: the file that says so; None where there is none.
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
        """What is wrong with a setting, told with its place.

        Args:
            setting: where it stands, as `Source.place` takes it: `theme`, `keys.story.open`, `themes.0.primary`.
            reason: what is wrong with it.
        """
        return ConfigError(f"{self.source.place(setting)}: {reason}" if self.source else reason)
