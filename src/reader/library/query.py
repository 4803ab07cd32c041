"""What a person types to find stories, as a value.

    query = { term }                      every term must hold
    term  = field ":" value | phrase | word
    value = part { "," part }             any of the parts; a part is a word or a "phrase"

Fields: `topic`, `provider`, `title`, `coverage`. A word matches the beginning of a word in title, excerpt, body,
provider or topics; case and diacritics make no difference. A field that is not known is a plain word: text from a
headline such as `update: three dead` finds that headline.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum

from reader.stories.text import clean


class Field(StrEnum):
    """Where a term looks."""

    TEXT = "text"
    TOPIC = "topic"
    PROVIDER = "provider"
    TITLE = "title"
    COVERAGE = "coverage"


@dataclass(frozen=True, slots=True)
class Term:
    """One condition: any of `values` in `field`."""

    field: Field
    values: tuple[str, ...]

    def __str__(self) -> str:
        joined = ",".join(_quoted(value) for value in self.values)
        return joined if self.field is Field.TEXT and len(self.values) == 1 else f"{self.field}:{joined}"


@dataclass(frozen=True, slots=True)
class Query:
    """All of some terms; without terms it is every story."""

    terms: tuple[Term, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.terms)

    def __str__(self) -> str:
        return " ".join(map(str, self.terms))

    @property
    def in_coverage(self) -> Query:
        """The same plain words, looked for in the coverage instead of in the stories."""
        return Query(
            tuple(Term(Field.COVERAGE, term.values) if term.field is Field.TEXT else term for term in self.terms)
        )


class Sort(StrEnum):
    """The order of a list of stories."""

    NEWEST = "newest first"
    OLDEST = "oldest first"
    QUALITY = "best quality first"
    PROVIDER = "by provider"
    COVERED = "most covered first"

    @property
    def next(self) -> Sort:
        """The order after this one, around in a circle."""
        orders = list(Sort)
        return orders[(orders.index(self) + 1) % len(orders)]

    @property
    def short(self) -> str:
        """Its name on the command line."""
        return self.name.lower()


MOST_TERMS = 60
"""Terms of a query, and values of a term, that are looked at; what a person pastes by mistake may hold thousands."""

_FIELDS = {field.value: field for field in Field}
_TOKEN = re.compile(r"""(?P<bare>[A-Za-z]+):(?=\s|$)|(?:(?P<field>[A-Za-z]+):)?(?P<values>(?:"[^"]*"?|[^\s",]+|,)+)""")
_VALUE = re.compile(r'"([^"]*)"?|([^",]+)')


def parse(text: str) -> Query:
    """Read a query. Every text is one: what has no other meaning is a word to look for."""
    terms: list[Term] = []
    for match in _TOKEN.finditer(unicodedata.normalize("NFC", clean(text))):
        if (match["bare"] or "").lower() in _FIELDS:
            continue  # a field whose value is still to be typed
        field = _FIELDS.get((match["field"] or "").lower(), Field.TEXT)
        is_named = match["field"] is not None and match["field"].lower() in _FIELDS
        written = match["values"] if is_named else match[0]
        values = tuple(value for quoted, plain in _VALUE.findall(written) if (value := (quoted or plain).strip()))
        if not is_named:
            terms.extend(Term(field, (value,)) for value in values)
        elif values:
            terms.append(Term(field, values[:MOST_TERMS]))
    return Query(tuple(terms[:MOST_TERMS]))


def _quoted(value: str) -> str:
    return f'"{value}"' if re.search(r'[\s,:"]', value) else value
