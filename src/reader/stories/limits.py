"""How much of what strangers sent is taken in, in files and as images. Every limit stands here.

What runs over strangers' text on the screen's thread or in its process, each within such bounds, and what feeds it the
worst that they let through:

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

Past the first group of `Limits` a file is refused, with an error that names the bound. Past the second it is read as
far as the bound goes, and what is left out is told as a flaw: `reader check` lists both. An image past a limit is not
shown, and the story pane says why.
"""

from __future__ import annotations

from typing import NamedTuple

URL_CHARACTERS = 8_192
"""Characters of a link that may be opened. Browsers and servers agree on far shorter ones."""

MEGABYTE = 1024 * 1024

FILE_MB, MOST_FILE_MB = 8, 1_000
"""The setting `max_file_mb`: its default, and the most that it may be. The largest known real story has 143 KB."""

FILE_SECONDS = 10.0
"""Seconds of processor time in which a file of `FILE_MB` must be read; more where larger files are allowed. The largest
known real story takes some milliseconds, what the other limits let through two seconds."""

MARKDOWN_CHARACTERS, MARKDOWN_LINES = 30_000, 1_000
"""Characters and lines of a body that are set as Markdown: some microseconds a character. A longer body is shown as it
is written."""

TABLE_CELLS = 1_000
"""Cells of all the tables of one body, counted as columns by rows, that are set as tables: some 100 microseconds a
cell. A table past it is shown as it is written."""

SHOWN_CHARACTERS, SHOWN_LINES = 200_000, 3_000
"""Characters of one text, and lines of the whole page, that the story pane shows."""

DETAIL_CHARACTERS = 4_000
"""Characters of one value that are shown among the details."""

DATE_CHARACTERS = 96
"""Characters of a text that is read as a date. dateutil takes ever longer for each more."""

COMPARED_CHARACTERS = 4_000
"""Characters of a headline and of an excerpt that are compared with those of others; most have some hundred."""

MATCHED_CHARACTERS = 2_000
"""Characters of a text that are looked at for a regular expression."""

PATTERN_CHARACTERS, VALUE_CHARACTERS = 200, 500
"""Characters of a regular expression, and of one value of a query that are looked at."""

QUERY_TERMS, QUERY_NESTED = 60, 50
"""Terms of a query, past which the rest is left out; groups within groups."""

CONFIG_BYTES = 1_000_000
"""Size of a configuration."""

KEY_PARTS = 50
"""Parts of a key in TOML, with dots between them: the time for reading it grows with the square of them."""

IMAGE_TYPES = ("JPEG", "PNG", "GIF", "WEBP", "AVIF")
"""Formats of images that are read, by Pillow's names."""

IMAGE_BYTES = 10_000_000
"""Size of an image as it comes."""

IMAGE_PIXELS = 50_000_000
"""Pixels of an image as it comes; more is taken for a bomb."""

IMAGE_SIDE = 1_600
"""Pixels of the longer side of what is kept of it."""

IMAGE_SECONDS = 10.0
"""Seconds in which an image must be there, from its address to the last byte."""

IMAGE_MEMORY = 1_500_000_000
"""Bytes of memory that the process may take which gets an image."""

IMAGE_CACHE_MB, MOST_CACHE_MB = 100, 100_000
"""The setting `image_cache_mb`, how much room the images may take that are kept: its default, and the most."""

OPML_BYTES, OPML_DEPTH = 10_000_000, 60
"""Size of a file of subscriptions, and levels of elements in it."""

FEED_BYTES, FEED_RAW_BYTES = 24_000_000, 8_000_000
"""Size of a feed as it is read, and as it is sent: it may be compressed."""

FEED_ENTRIES = 2_000
"""Entries of a feed that are taken in at a time. The usual is 10 to 100."""

FEED_SECONDS, FEED_CPU_SECONDS = 60.0, 30.0
"""Seconds in which a feed must be there, to the last byte; and those of a processor in which it must be read."""

FEED_MEMORY = 1_000_000_000
"""Bytes of memory that the process may take which reads feeds."""

IMPORT_BYTES, IMPORT_ARTICLES = 100_000_000, 100_000
"""Size of another tool's export, and articles in it."""

HTML_CHARACTERS, HTML_TAGS, HTML_DEPTH = 300_000, 8_000, 120
"""Characters of an entry's markup, its tags, and elements in each other; past any, only its text is kept."""

EXCERPT_CHARACTERS = 600
"""Characters of an excerpt that is made of a feed's text."""

FEED_LABELS, LABEL_CHARACTERS, GUID_CHARACTERS = 50, 200, 2_000
"""Topics, authors, images or files of an entry; characters of a label; and of what tells an entry from others."""


class Limits(NamedTuple):
    """Bounds on one story file, and on where it may lie."""

    file_bytes: int = FILE_MB * MEGABYTE
    """Size of a file, in bytes."""

    depth: int = 40
    """Levels of nesting in the front matter. libyaml's composer recurses on the C stack: thousands of levels kill
    the process, so the depth is measured before anything is composed."""

    values: int = 200_000
    """Values in the front matter, with every alias counted as what it stands for."""

    aliases: int = 10_000
    """Aliases and merge keys in the front matter."""

    keys: int = 10_000
    """Keys of one mapping."""

    directives: int = 20
    """Lines that begin with `%` before the front matter begins. libyaml compares each `%TAG` with all before it."""

    notation: int = 200_000
    """Characters of front matter in TOML or JSON, which have no `related:` of other outlets. What tools write has some
    hundreds."""

    # From here on what is past a limit is left out.

    related: int = 5_000
    """Related entries. The most of a known story are 179."""

    labels: int = 1_000
    """Topics, and authors."""

    images: int = 1_000
    """Pictures of an article or a provider."""

    line: int = 20_000
    """Characters of a text that is shown on one line: headline, label, name."""

    text: int = 1_000_000
    """Characters of any other text: excerpt, body, what the details show."""

    flaws: int = 200
    """Flaws of one file that are told."""

    follow_links: bool = False
    """The setting `follow_links`: whether a file may be one that a symbolic link leads to outside of the library."""

    news_folders: tuple[str, ...] = ()
    """The setting `news_folders`: folders in the library that alone hold stories, where it has any of them."""


DEFAULT_LIMITS = Limits()
