"""How much of what strangers write is taken in, from files, feeds and images. All limits are here.

What works on strangers' text in the screen's thread or process, the bounds it keeps, and the tests that give it the
worst text within them:

| what | bound | tried in tests/ |
|---|---|---|
| the gate for text, decoders | `Limits.file_bytes`, `Limits.text` | hostile/test_full_size |
| YAML, sections, fields | `Limits`, `FILE_SECONDS` | stories, ui/test_hostile_times |
| dates | `DATE_CHARACTERS` | hostile/test_full_size |
| canonical URLs, doubts, networks | `URL_CHARACTERS` | hostile/test_full_size |
| words, names and folding | `Limits.line`, `COMPARED_CHARACTERS` | hostile/test_full_size |
| Markdown | `MARKDOWN_CHARACTERS`, `MARKDOWN_LINES` | ui/look/test_markdown |
| tables | `TABLE_CELLS` | ui/look/test_markdown |
| lines of the panes, the details | `SHOWN_CHARACTERS`, `SHOWN_LINES`, `DETAIL_CHARACTERS` | ui/look/test_cells |
| plots of days, bars of hours | the years 1 to 9999, the width of the screen | hostile/test_full_size |
| queries and their completion | `QUERY_TERMS`, `QUERY_NESTED`, `VALUE_CHARACTERS` | hostile/test_full_size |
| regular expressions | `PATTERN_CHARACTERS`, `MATCHED_CHARACTERS` | library/query/test_patterns |
| the configuration | `CONFIG_BYTES`, `KEY_PARTS` | cli/test_surroundings |

A file that is past a bound of the first group of `Limits` is refused, with an error that names the bound. Past one of
the second group it is read as far as the bound allows, and a flaw says what is left out; `reader check` lists both. An
image past a limit is not shown, and the story pane says why.
"""

from __future__ import annotations

from typing import NamedTuple

URL_CHARACTERS = 8_192
"""The most characters of a link that may be opened. Browsers and servers agree only on far shorter ones."""

MEGABYTE = 1024 * 1024

FILE_MB, MOST_FILE_MB = 8, 1_000
"""The setting `max_file_mb`: its default, and the most that it may be. The largest known real story has 143 KB."""

FILE_SECONDS = 10.0
"""Seconds of processor time in which a file of `FILE_MB` must be read; more where larger files are allowed. The largest
known real story takes some milliseconds, what the other limits let through two seconds."""

MARKDOWN_CHARACTERS, MARKDOWN_LINES = 30_000, 1_000
"""Characters and lines of a body that is shown as Markdown, which takes some microseconds a character. A longer body is
shown as it is written."""

TABLE_CELLS = 1_000
"""Cells (columns times rows) of all tables of a body that are shown as tables, which takes some 100 microseconds a
cell. A table past that is shown as it is written."""

SHOWN_CHARACTERS, SHOWN_LINES = 200_000, 3_000
"""The most characters of one text, and the most lines of a page, that the story pane shows."""

DETAIL_CHARACTERS = 4_000
"""The most characters of one value that are shown among the details."""

DATE_CHARACTERS = 96
"""The most characters of a text that is read as a date: the time that dateutil takes grows ever faster."""

COMPARED_CHARACTERS = 4_000
"""The most characters of a headline, or an excerpt, that are compared with others; most have some hundred."""

MATCHED_CHARACTERS = 2_000
"""The most characters of a text that are searched by a regular expression."""

PATTERN_CHARACTERS, VALUE_CHARACTERS = 200, 500
"""The most characters of a regular expression, and of one value of a query that are used."""

QUERY_TERMS, QUERY_NESTED = 60, 50
"""The most terms of a query, the rest is left out; and the most groups within groups."""

CONFIG_BYTES = 1_000_000
"""The most bytes of a configuration file."""

KEY_PARTS = 50
"""The most parts of a key in TOML, with dots between them: the time for reading it grows with their square."""

IMAGE_TYPES = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
"""Formats of images that are read, by Pillow's names."""

IMAGE_BYTES = 10_000_000
"""The most bytes of an image as it is sent."""

IMAGE_PIXELS = 50_000_000
"""The most pixels of an image as it is sent: with more it may be a decompression bomb."""

IMAGE_SIDE = 1_600
"""Pixels of the longer side to which an image is scaled down before it is kept."""

IMAGE_SECONDS = 10.0
"""Seconds within which an image must have been fetched, from looking its host up to the last byte."""

IMAGE_MEMORY = 1_500_000_000
"""Bytes of memory that the process may take that fetches an image."""

IMAGE_CACHE_MB, MOST_CACHE_MB = 100, 100_000
"""The setting `image_cache_mb`, how much room the kept images may take: its default, and the most it may be."""

OPML_BYTES, OPML_DEPTH = 10_000_000, 60
"""The most bytes of a file of subscriptions, and the most levels of elements in it."""

FEED_BYTES, FEED_RAW_BYTES = 24_000_000, 8_000_000
"""The most bytes of a feed once it is decompressed, and as it is sent."""

FEED_ENTRIES = 2_000
"""The most entries that are taken from a feed at a time. Most have 10 to 100."""

FEED_SECONDS, FEED_CPU_SECONDS = 60.0, 30.0
"""Seconds within which a feed must have been fetched; and seconds of processor time in which it must be parsed."""

FEED_MEMORY = 1_000_000_000
"""Bytes of memory that the process may take that parses feeds."""

IMPORT_BYTES, IMPORT_ARTICLES = 100_000_000, 100_000
"""The most bytes of another tool's export, and the most articles in it."""

HTML_CHARACTERS, HTML_TAGS, HTML_DEPTH = 300_000, 8_000, 120
"""Characters of an entry's markup, its tags, and levels of elements; past any of these, only its text is kept."""

EXCERPT_CHARACTERS = 600
"""The most characters of an excerpt that is made from a feed's text."""

FEED_LABELS, LABEL_CHARACTERS, GUID_CHARACTERS = 50, 200, 2_000
"""The most topics, authors, images or files of an entry; characters of a label; characters of an entry's id."""


class Limits(NamedTuple):
    """Bounds on one story file, and on where it may be; with the settings that change them."""

    file_bytes: int = FILE_MB * MEGABYTE
    """Size of a file, in bytes."""

    depth: int = 40
    """Levels of nesting in the front matter. libyaml's composer recurses on the C stack: thousands of levels kill
    the process, so the depth is measured before anything is composed."""

    values: int = 200_000
    """Values in the front matter, with every alias counted in full."""

    aliases: int = 10_000
    """Aliases and merge keys in the front matter."""

    keys: int = 10_000
    """Keys of one mapping."""

    directives: int = 20
    """Lines that begin with `%` before the front matter begins. libyaml compares each `%TAG` with all before it."""

    notation: int = 200_000
    """Characters of front matter in TOML or JSON. It has no `related:` of other outlets: some hundreds are usual."""

    # From here on, what is past a limit is left out, and the rest of the file is read.

    related: int = 5_000
    """Related entries. The most of any known story are 179."""

    labels: int = 1_000
    """Topics, and authors."""

    images: int = 1_000
    """Images of an article or a provider."""

    line: int = 20_000
    """Characters of a text that is shown on one line: headline, label, name."""

    text: int = 1_000_000
    """Characters of any other text: excerpt, body, what the details show."""

    flaws: int = 200
    """Flaws of one file that are reported."""

    follow_links: bool = False
    """The setting `follow_links`: whether a symbolic link may lead to a file outside of the library."""

    news_folders: tuple[str, ...] = ()
    """The setting `news_folders`: where a library has folders of these names, only those are read."""


DEFAULT_LIMITS = Limits()
