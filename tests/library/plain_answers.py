"""What a query asks, told in plain Python over parsed stories: what the index must answer."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from reader.base.lengths import UNITS
from reader.base.wording import fold
from reader.library.library import Library
from reader.library.query.tree import And, Field, Node, Not, Or, Term
from reader.library.query.values import Age, Dates, MarkSets, Moment, Numbers, TermValue
from reader.stories.dates import sort_time
from reader.stories.model import Article, LinkRole, Story
from reader.stories.urls import canonical_url, short_url


@dataclass
class Facts:
    """What there is to know of a story.

    Attributes:
        number: its id.
        story: its file, parsed.
        told: what files say of each article that is linked to it.
        beside: what they say of each other article on its event.
        first: outlet and provider of the earliest known article of its event.
        is_first: whether it is that article, and not alone.
        is_copy: whether it is one of several with the same text.
        event: keys of the articles on its event; of itself alone where it is on none.
        outlets: of its event; its own where it is on none.
        linked: how many articles are linked to it that are not on its event.
        alike: how many stories are alike.
    """

    number: int
    story: Story
    told: Sequence[Article]
    beside: Sequence[Article]
    first: tuple[str, str]
    is_first: bool
    is_copy: bool
    outlets: frozenset[str]
    event: frozenset[str]
    linked: int
    alike: int


def facts_of(library: Library) -> dict[int, Facts]:
    """The facts of all stories of a library, by id; of events what the index has of them."""
    stories = {story: library.read(story) for story in library.index.ids()}
    told: defaultdict[str, list[Article]] = defaultdict(list)
    linked: defaultdict[str, set[str]] = defaultdict(set)
    for story in stories.values():
        told[story.key].append(story)
        for entry in story.related:
            told[entry.key].append(entry)
            if entry.key != story.key:
                linked[story.key].add(entry.key)
                linked[entry.key].add(story.key)
    events = {
        row[0]: row[1:]
        for row in library.index.connection.execute(
            """SELECT s.id, f.outlet, f.provider, x.event, x.id, x.copy,
                      (SELECT group_concat(DISTINCT outlet) FROM articles WHERE event = x.event AND outlet <> ''),
                      (SELECT group_concat(key, char(10)) FROM articles WHERE event = x.event)
               FROM stories s JOIN articles x ON x.id = s.article
               JOIN articles f ON f.id = coalesce(x.event, x.id)"""
        )
    }
    facts = {}
    for number, story in stories.items():
        outlet, provider, event, article, copy, together, keys = events[number]
        others = [article for key in linked[story.key] for article in told[key]]
        outlets = frozenset(together.split(",") if together is not None else [story.outlet])
        is_first = event == article
        on_event = frozenset([story.key, *(keys.split("\n") if keys else ())])
        coverage = library.index.coverage(number)
        facts[number] = Facts(
            number=number,
            story=story,
            told=others,
            beside=[article for key in on_event - {story.key} for article in told[key]],
            first=(outlet, provider),
            is_first=is_first,
            is_copy=copy is not None,
            outlets=outlets,
            event=on_event,
            linked=len(linked[story.key] - on_event),
            alike=len(coverage.alike) if coverage else 0,
        )
    return facts


@dataclass(frozen=True)
class Answers:
    """Tells of stories whether they answer, at a time and for a reader."""

    now: datetime
    marks: MarkSets

    def holds(self, node: Node | None, facts: Facts) -> bool:
        """Whether a story answers."""
        if node is None:
            return True
        if isinstance(node, And):
            return all(self.holds(part, facts) for part in node.parts)
        if isinstance(node, Or):
            return any(self.holds(part, facts) for part in node.parts)
        if isinstance(node, Not):
            return not self.holds(node.part, facts)
        return any(self._value_holds(node, value, facts) for value in node.values)

    def _value_holds(self, term: Term, value: TermValue, facts: Facts) -> bool:
        story = facts.story
        seconds = sort_time(story.published)
        if isinstance(value, Numbers):
            numbers: Mapping[Field, int | None] = {
                Field.QUALITY: story.quality, Field.HEAT: story.heat, Field.OUTLETS: len(facts.outlets),
                Field.LINKED: facts.linked,
            }  # fmt: skip
            number = numbers[term.field]
            return number is not None and _lies(number, value.low, value.high)
        if isinstance(value, Dates):
            low, high = value.first and value.first.begins, value.last and value.last.ends - 1
            return seconds is not None and _lies(seconds, low, high)
        if isinstance(value, Moment):
            return seconds is not None and (seconds >= value.begins) is (term.field is Field.AFTER)
        if isinstance(value, Age):
            return seconds is not None and self._has_age(value, seconds)
        return self._text_holds(term.field, str(value), facts)

    def _has_age(self, age: Age, seconds: int) -> bool:
        old, limit = (sort_time(self.now) or 0) - seconds, age.number * UNITS[age.unit]
        return {"<": old < limit, "<=": old <= limit, ">": old > limit, ">=": old >= limit}[age.compare]

    def _text_holds(self, field: Field, value: str, facts: Facts) -> bool:
        story, number = facts.story, facts.number
        texts = {
            Field.TEXT: [story.title, story.excerpt, story.body, story.provider.name, "\n".join(story.topics)],
            Field.TITLE: [story.title],
            Field.PROVIDER: [story.provider.name],
            Field.COVERAGE: [text for told in facts.told for text in (told.title, told.excerpt, told.provider.name)],
        }
        if field in texts:
            return any(says(text, value) for text in texts[field])
        names = {
            Field.TOPIC: story.topics,
            Field.TAG: [tag for tag, stories in self.marks.tagged.items() if number in stories],
            Field.COVERS: [name for one in (*facts.told, *facts.beside) for name in (one.outlet, one.provider.name)],
            Field.FIRST: facts.first,
        }
        if field in names:
            return _begins(names[field], value)
        if field is Field.EVENT:
            return canonical_url(value if "://" in value else f"https://{value}") in facts.event
        if field is Field.FEED:
            return any(fold(value) in fold(short_url(feed)) for feed in story.feeds)
        if field is Field.URL:
            return fold(value) in fold(story.url)
        if field is Field.PATTERN:
            told = (story.title, story.excerpt, story.provider.name)
            return any(re.search(value, text, re.IGNORECASE) for text in told)
        roles = {link.role for link in story.links}
        return {
            "read": number in self.marks.read,
            "unread": number not in self.marks.read,
            "starred": number in self.marks.starred,
            "watched": number in self.marks.watched,
            "later": number in self.marks.later,
            "hidden": number in self.marks.hidden,
            "new": number in self.marks.grown,
            "syndicated": facts.is_copy,
            "first": facts.is_first,
            "image": bool(story.images),
            "related": bool(facts.told),
            "event": len(facts.event) > 1,
            "linked": facts.linked > 0,
            "alike": facts.alike > 0,
            "amp": bool(roles & {LinkRole.AMP, LinkRole.CDN_AMP}),
            "body": bool(story.body),
            "note": number in self.marks.noted,
        }[value]


def says(text: str, value: str) -> bool:
    """Whether the words of a value stand in a text, one after the other, the last one perhaps going on."""
    words, wanted = (re.findall(r"[^\W_]+", fold(one)) for one in (text, value))
    return any(
        words[at : at + len(wanted) - 1] == wanted[:-1] and words[at + len(wanted) - 1].startswith(wanted[-1])
        for at in range(len(words) - len(wanted) + 1)
    )


def _begins(names: Iterable[str], value: str) -> bool:
    return any(fold(name).startswith(fold(value)) for name in names)


def _lies(number: int, low: int | None, high: int | None) -> bool:
    return (low is None or number >= low) and (high is None or number <= high)
