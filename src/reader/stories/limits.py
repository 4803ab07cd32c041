"""How much of a stranger's file is taken in. Every limit stands here.

Past the first group a file is refused, with an error that names the bound. Past the second it is read as far as the
bound goes, and what is left out is told as a flaw: `reader check` lists both.
"""

from __future__ import annotations

from typing import NamedTuple

URL_CHARACTERS = 8_192
"""Characters of a link that may be opened. Browsers and servers agree on far shorter ones."""

MEGABYTE = 1024 * 1024


class Limits(NamedTuple):
    """Bounds on one story file."""

    file_bytes: int = 8 * MEGABYTE
    """Size of a file, in bytes. The largest known real story has 143 KB."""

    depth: int = 40
    """Levels of nesting in the front matter. libyaml's composer recurses on the C stack: thousands of levels kill
    the process, so the depth is measured before anything is composed."""

    values: int = 200_000
    """Values in the front matter, with every alias counted as what it stands for."""

    aliases: int = 10_000
    """Aliases and merge keys in the front matter."""

    keys: int = 10_000
    """Keys of one mapping."""

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


DEFAULT_LIMITS = Limits()
