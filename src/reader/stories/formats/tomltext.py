"""TOML front matter, as Hugo, Zola and bulletty write it: parsed by tomllib, within bounds.

Unlike YAML as it is read here, TOML has times of its own: with a day that no calendar has, it is no TOML, and the whole
file cannot be read.
"""

from __future__ import annotations

import re
import tomllib

from reader.base.toml_keys import long_key
from reader.stories.formats.bounded import NotationError, as_values, check_length
from reader.stories.limits import KEY_PARTS, Limits
from reader.stories.model import Value

_LINE = re.compile(r"\(at line (\d+)")
_PLACE = re.compile(r" \(at [^()]*\)$")


def read_toml(text: str, limits: Limits) -> dict[str, Value]:
    """Read a TOML document.

    Raises:
        NotationError: it is not TOML, or past a limit.
    """
    check_length(text, "TOML", limits)
    if (line := long_key(text, KEY_PARTS)) is not None:
        raise NotationError(line, f"a key of more than {KEY_PARTS} parts")
    try:
        data = as_values(tomllib.loads(text, parse_float=str), limits)
    except tomllib.TOMLDecodeError as error:
        place = _LINE.search(str(error))
        reason = _PLACE.sub("", str(error))
        raise NotationError(int(place[1]) - 1 if place else None, f"not TOML: {reason}") from error
    except RecursionError as error:
        raise NotationError(None, f"nested deeper than {limits.depth} levels") from error
    except ValueError as error:
        reason = error.reason if isinstance(error, NotationError) else f"not TOML: {error}"
        raise NotationError(None, reason) from error
    return data if isinstance(data, dict) else {}
