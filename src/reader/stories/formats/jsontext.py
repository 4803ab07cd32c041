"""JSON front matter, as Hugo has it: an object at the very beginning of a file."""

from __future__ import annotations

import json
from typing import NamedTuple

from reader.stories.formats.bounded import NotationError, as_values, check_length
from reader.stories.limits import Limits
from reader.stories.model import Value

_DECODER = json.JSONDecoder(parse_int=str, parse_float=str, parse_constant=str)
"""It gives numbers as text, as they are written."""


class JsonFront(NamedTuple):
    """The object at the beginning of a text, and where it ends."""

    data: dict[str, Value]
    end: int


def read_json(text: str, limits: Limits) -> JsonFront:
    """Read the object at the beginning of a text.

    Raises:
        NotationError: there is none, or it is past a limit.
    """
    try:
        data, end = _DECODER.raw_decode(text[: limits.notation + 1])
        check_length(text[:end], "JSON", limits)
        values = as_values(data, limits)
    except json.JSONDecodeError as error:
        where = f" within {limits.notation:,} characters" if len(text) > limits.notation else ""
        raise NotationError(error.lineno - 1, f"not JSON{where}: {error.msg}") from error
    except RecursionError as error:
        raise NotationError(None, f"nested deeper than {limits.depth} levels") from error
    if not isinstance(values, dict):
        raise NotationError(0, "not a mapping of keys and values")
    return JsonFront(values, end)
