"""What the index answers to every kind of term, and to any tree of them: the same as plain Python over the files."""

from __future__ import annotations

import dataclasses
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples, thinned
from library.plain_answers import Answers, Facts, facts_of
from library.sql_answers import found_at_once
from reader.library.index import catalogue
from reader.library.index.lists.story_set import StorySet
from reader.library.library import Library
from reader.library.marks.snapshot import Snapshot, count_at_once
from reader.library.query.query import Query, Sort, parse
from reader.library.query.tree import NUMBERS, PARTS, STATES, Field, Node, Not, SortField, SortKey, Term, all_of, any_of
from reader.library.query.values import Age, Dates, MarkSets, Moment, Numbers, TermValue
from reader.stories.dates import sort_time

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

NOW = datetime(2020, 2, 20, 12, tzinfo=UTC)
WORDS = ["alpha", "Alphabet", "beta", "Été", "gamma"]
OUTLETS = [("Daily One", "one.example"), ("Two", "two.co.example"), ("", "three.example"), ("One More", "")]
WIRE = "Great flood reaches the old harbour of the town"


ALIKE = {
    "two": ("Privacy campaigners want universities to rule out facial recognition", "2020-02-18T09:00:00Z"),
    "four": (
        "Met Police to use facial recognition cameras at Oxford Circus despite privacy fears",
        "2020-02-19T09:00:00Z",
    ),
}
"""Two stories that are alike and on no event together: headline and time."""


@dataclass(frozen=True)
class Sample:
    """A library with its facts, and the marks of a reader."""

    library: Library
    facts: dict[int, Facts]
    marks: MarkSets

    def found(self, query: Query) -> set[int]:
        """The stories that the index gives."""
        bound = query.bind(NOW, self.marks)
        ids = self.library.index.ids(bound)
        assert sorted(found_at_once(self.library.index, bound)) == sorted(ids)
        assert self.library.index.count(bound) == len(ids)
        return set(ids)

    def expected(self, query: Query) -> set[int]:
        """The stories that plain Python gives."""
        answers = Answers(NOW, self.marks)
        return {number for number, facts in self.facts.items() if answers.holds(query.tree, facts)}


@dataclass(frozen=True)
class Made:
    """An article of the sample: what every file says of it."""

    told: dict[str, str]

    @property
    def again(self) -> dict[str, str]:
        """The same in other words."""
        return {**self.told, "title": self.told["title"][::-1]}


def make(number: int, chance: random.Random) -> Made:
    provider, domain = chance.choice(OUTLETS)
    moments = ["", "2020-02-18", "2019-05-06", *(f"2020-02-{day:02}T{day:02}:30:00Z" for day in range(14, 21))]
    return Made(
        {
            "title": chance.choice([WIRE, " ".join(chance.choices(WORDS, k=3))]),
            "excerpt": " ".join(chance.choices(WORDS, k=chance.randrange(3))),
            "published": chance.choice(moments),
            "url": f"https://{domain or 'host.example'}/2020/{chance.choice(WORDS)}/{number}",
            "provider": provider,
            "domain": domain,
        }
    )


FEEDS = ["https://www.one.example/rss", "http://two.example/Atom?n=1"]


def write_sample(root: Path, write_story: WriteStory, chance: random.Random) -> None:
    made = [make(number, chance) for number in range(45)]
    for number, one in enumerate(made[:36]):
        related = chance.sample(made, k=chance.choice([0, 0, 1, 3]))
        write_story(
            root,
            f"{number:02}.md",
            **one.told,
            body=" ".join(chance.choices(WORDS, k=chance.randrange(3))),
            topics=chance.sample(["Alpha Rays", "Beta", "Énergie"], k=chance.randrange(3)),
            quality=chance.choice([None, -1, 0, 5, 50]),
            heat=chance.choice([None, -1, 3]),
            images=chance.choice([None, [{"url": "a.png"}]]),
            ampWebUrl=chance.choice(["", f"https://amp.example/{number}"]),
            related=[chance.choice([other.told, other.again]) for other in related],
            feed=FEEDS[: number % 3],
        )
    for name, (title, when) in ALIKE.items():
        domain = f"{name}.co.example"
        url = f"https://{domain}/1"
        write_story(root, f"{name}.md", title=title, published=when, url=url, provider=name, domain=domain)


@pytest.fixture(scope="module", params=thinned(range(3), every=3))
def sample(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, write_story: WriteStory
) -> Iterator[Sample]:
    """Three dozen stories in which everything that a query can ask is true of some."""
    chance = random.Random(request.param)
    root = tmp_path_factory.mktemp("answers") / "news"
    write_sample(root, write_story, chance)
    library = Library(root, root.parent / "cache", in_process=True)
    library.sync()
    facts = facts_of(library)
    gone = max(facts) + 100

    def some() -> frozenset[int]:
        return frozenset([*chance.sample(sorted(facts), k=8), gone])

    marks = MarkSets(some(), some(), some(), some(), {"mine": some(), "Minor": some(), "other": some()}, some())
    yield Sample(library, facts, marks)
    library.close()


TERMS = [
    "alpha", "alphab", '"alpha beta"', "ete", "title:beta", "provider:one", "provider:daily,two", "text:alpha,gamma",
    "great flood", "url:alpha", "url:2020/Alpha", "url:ONE.example", "topic:energie", "topic:alpha,beta", "tag:min",
    "feed:one.example", "feed:ATOM", "feed:none", "feed:none,rss",
    "tag:mine", "tag:other,mine", "tag:none", "coverage:alpha", "coverage:daily", 'coverage:"alpha beta",town',
    "date:2020", "date:2020-02", "date:2020-02-18", "date:2020-02-16..2020-02-18", "date:..2020-02-15",
    "date:2020-02-19..", "date:2020-02-18T00:00", "date:2020-02-14,2020-02-20", "after:2020-02-18", "before:2020-02-18",
    "after:2020-02-17T17:30", "before:2020-02-17T17:30", "age:<2d", "age:<=60h", "age:>1w", "age:>=60h", "age:<0m",
    "quality:5", "quality:>=5", "quality:<0", "quality:0..5", "quality:..5", "quality:-1,50", "heat:-1", "heat:>0",
    "outlets:>=2", "outlets:1", "outlets:<1", "linked:>=2", "linked:0", "has:event", "has:linked", "has:alike",
    "covers:one.example", "covers:two", "covers:daily,three", "covers:none",
    "first:one.example", "first:two", 'first:"one more"', "is:read", "is:unread", "is:starred", "is:watched", "is:new",
    "is:syndicated", "is:first", "is:unread,first", "has:image", "has:related", "has:amp", "has:body", "has:note",
    "has:image,note", "/^alpha/", r"/\bt.wn$/", "/one/", "/é/", "/x/",
]  # fmt: skip


@pytest.mark.parametrize("text", TERMS)
def test_every_kind_of_term(sample: Sample, text: str) -> None:
    for query in (parse(text), parse(f"-{text}") if " " not in text else parse(f"-({text})")):
        assert sample.found(query) == sample.expected(query)
    assert sample.found(parse(text)).isdisjoint(sample.found(parse(f"-({text})")))


def test_an_event_is_told_by_any_of_its_articles(sample: Sample) -> None:
    sizes = set()
    for key in sorted(set().union(*(one.event for one in sample.facts.values()))):
        written = key.replace("https://", "http://www.") + "?utm_source=mail#top"
        assert sample.expected(parse(f'event:"{key}"'))
        for query in (
            parse(f'event:"{key}"'),
            parse(f"event:{written}"),
            parse(f"-event:{key.removeprefix('https://')}"),
        ):
            assert sample.found(query) == sample.expected(query)
        sizes.add(len(sample.found(parse(f"event:{key}"))))
    assert max(sizes) > 1
    assert not sample.found(parse("event:https://gone.example/1"))


def test_what_is_hidden_is_found_where_it_is_asked_for_alone(sample: Sample) -> None:
    every = sample.found(parse(""))
    hidden = sorted(sample.facts)[:5]
    marks = sample.marks._replace(tagged={**sample.marks.tagged, "hidden": frozenset(hidden)})
    hiding = dataclasses.replace(sample, marks=marks)
    assert hiding.found(parse("")) == every - set(hidden)
    assert hiding.found(parse("is:hidden")) == set(hidden)
    assert hiding.found(parse("-is:hidden OR is:hidden")) == every
    for text in ("alpha", "is:unread", "is:starred OR topic:beta", "-alpha"):
        assert hiding.found(parse(text)) == sample.found(parse(text)) - set(hidden)


NOBODY = {"tag:none", "feed:none", "covers:none", "/x/", "date:2020-02-18T00:00", "age:<0m", "outlets:<1"}


@pytest.mark.parametrize("text", sorted({*TERMS} - NOBODY))
def test_every_kind_of_term_tells_stories_apart(sample: Sample, text: str) -> None:
    assert 0 < len(sample.found(parse(text))) < len(sample.facts)


words = st.sampled_from(["alpha", "al", "beta gam", "ete", "g", "one", "daily one", "flood reaches", "nothing"])
moments = st.sampled_from([Moment(2020), Moment(2020, 2), Moment(2020, 2, 17), Moment(2020, 2, 18, 0, 0), Moment(2019)])
ranges = st.tuples(st.none() | st.integers(-1, 6), st.none() | st.integers(-1, 6))
MADE = [make(number, chance).told["url"] for chance in map(random.Random, range(3)) for number in range(45)]
VALUES: dict[Field, st.SearchStrategy[TermValue]] = {
    Field.TEXT: words,
    Field.TITLE: words,
    Field.PROVIDER: words,
    Field.COVERAGE: words,
    Field.TOPIC: st.sampled_from(["alpha", "énerg", "beta", "rays"]),
    Field.TAG: st.sampled_from(["m", "mine", "other", "x"]),
    Field.FEED: st.sampled_from(["one.example/rss", "atom", "two", "none"]),
    Field.URL: st.sampled_from(["one", "alpha/", "https"]),
    Field.COVERS: st.sampled_from(["one", "two.co", "daily", "x"]),
    Field.FIRST: st.sampled_from(["one", "two.co", "daily", "x"]),
    Field.EVENT: st.sampled_from([*MADE, "gone.example/1"]),
    Field.IS: st.sampled_from(STATES),
    Field.HAS: st.sampled_from(PARTS),
    Field.PATTERN: st.sampled_from(["^a", "a.*b", "(one|two)", "s$"]),
    Field.DATE: st.tuples(st.none() | moments, moments).map(lambda pair: Dates(*pair)),
    Field.AFTER: moments,
    Field.BEFORE: moments,
    Field.AGE: st.builds(Age, st.sampled_from(["<", "<=", ">", ">="]), st.integers(0, 99), st.sampled_from("hd")),
    **dict.fromkeys(NUMBERS, ranges.filter(any).map(lambda pair: Numbers(*pair))),
}


@st.composite
def terms(draw: st.DrawFn) -> Node:
    field = draw(st.sampled_from(sorted(VALUES)))
    return Term(field, tuple(draw(st.lists(VALUES[field], min_size=1, max_size=2))))


def joined(parts: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(parts, min_size=2, max_size=4)
    return st.one_of(
        parts.map(Not),
        several.map(lambda nodes: all_of(nodes) or nodes[0]),
        several.map(lambda nodes: any_of(nodes) or nodes[0]),
    )


@examples(150)
@given(st.recursive(terms(), joined, max_leaves=10))
def test_any_tree_finds_what_looking_at_each_story_finds(sample: Sample, tree: Node) -> None:
    assert sample.found(Query(tree)) == sample.expected(Query(tree))


@examples(60)
@given(st.recursive(words.map(lambda word: Term(Field.TEXT, (word,))), joined, max_leaves=25))
def test_any_tree_of_words_finds_what_looking_at_each_story_finds(sample: Sample, tree: Node) -> None:
    assert sample.found(Query(tree)) == sample.expected(Query(tree))


def test_groups_may_be_nested_as_deep_as_a_query_allows(sample: Sample) -> None:
    for step in ("(alpha OR (beta ", "(url:one OR (beta ", "-(url:one -(quality:5 ", "-(alpha OR -(topic:alpha "):
        query = parse(step * 25 + "g" + "))" * 25)
        assert sample.found(query) == sample.expected(query)


def test_without_marks_nothing_is_marked(sample: Sample) -> None:
    index = sample.library.index
    for query in (parse("is:read,starred,watched has:note"), parse("tag:mine")):
        assert not index.ids(query)
        assert not index.ids(query.bind(NOW))
    for query in (parse("is:unread"), parse("-is:read"), parse("is:unread").bind(NOW)):
        assert set(index.ids(query)) == set(sample.facts)


def test_a_mark_alone_is_counted_at_once(sample: Sample) -> None:
    known, read = set(sample.facts), sample.marks.read
    marks = Snapshot(read=known & read, starred=known & sample.marks.starred, watched=known & sample.marks.watched)
    for text in ("is:read", "is:unread", "is:starred", "is:watched"):
        assert count_at_once(parse(text), marks, len(sample.facts)) == len(sample.found(parse(text)))
    for text in ("", "is:read,starred", "-is:read", "is:first", "is:new", "alpha is:read", "has:note", "read"):
        assert count_at_once(parse(text), marks, len(sample.facts)) is None


def test_very_many_marks(sample: Sample) -> None:
    gone = StorySet(range(1_000, 100_000))
    query = parse("is:read").bind(NOW, MarkSets(read=gone | sample.marks.read))
    assert set(sample.library.index.ids(query)) == sample.found(parse("is:read"))


def test_an_age_needs_a_time(sample: Sample) -> None:
    with pytest.raises(ValueError, match="bind"):
        sample.library.index.ids(parse("a age:<6h"))


@pytest.mark.parametrize("falls", [False, True])
@pytest.mark.parametrize("field", list(SortField))
def test_the_order_is_that_of_a_plain_sort(sample: Sample, field: SortField, falls: bool) -> None:
    index = sample.library.index
    rows = index.rows(sample.facts)
    query = Query(None, (SortKey(field, falls),))

    def value(story: int) -> int | str | None:
        file = sample.facts[story].story
        values: dict[SortField, int | str | None] = {
            SortField.DATE: sort_time(file.published),
            SortField.QUALITY: file.quality,
            SortField.PROVIDER: file.provider.name.lower() or None,
            SortField.OUTLETS: rows[story].outlets,
            SortField.LINKED: rows[story].linked,
            SortField.COVERAGE: rows[story].coverage,
            SortField.HEAT: file.heat,
            SortField.TITLE: "".join(one.lower() if one.isascii() else one for one in file.title),
        }
        return values[field]

    newest = list(index.ids())
    known = sorted((story for story in newest if value(story) is not None), key=value, reverse=falls)  # type: ignore[arg-type]
    expected = [*known, *(story for story in newest if value(story) is None)]
    assert list(index.ids(query)) == expected
    assert list(index.ids(query, Sort.PROVIDER)) == expected
    assert list(index.ids(query, Sort.OLDEST, most=5)) == expected[:5]
    some = Query(parse("alpha").tree, query.sort)
    assert list(index.ids(some)) == [story for story in expected if story in set(found_at_once(index, some))]


def test_the_catalogue_keeps_few_orders_and_answers_alike_in_all(
    sample: Sample, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(catalogue, "MOST_ORDERED", 3 * len(sample.facts))
    index, fields = sample.library.index, list(SortField)
    known = catalogue.Catalogue(index)
    for first in fields:
        for second in fields:
            for words in ("", "alpha "):
                query = parse(f"{words}sort:{first},-{second}")
                assert known.ids(query, Sort.NEWEST, frozenset()) == found_at_once(index, query)
            assert len(known._orders) <= 4, "the newest, and three more"


def test_a_story_alone_is_its_own_first_and_never_first_of_others(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path, "a.md", title="Alone", url="https://www.alone.example/1", provider="Alone Times")
    index = open_library(tmp_path).index
    assert [len(index.ids(parse(text))) for text in ("first:alone.example", "first:ALONE", "is:first", "first:x")] == [
        1, 1, 0, 0,
    ]  # fmt: skip


def test_heat_image_and_amp_follow_the_file(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    write_story(tmp_path, "a.md", title="A", heat=7, images=[{"url": "x.png"}], ampWebUrl="https://amp.example/a")
    library = open_library(tmp_path)
    query = parse("heat:7 has:image has:amp")
    assert library.index.count(query) == 1
    write_story(tmp_path, "a.md", title="A")
    library.sync()
    assert library.index.count(query) == 0
    assert library.index.count(parse("-heat:..9 -has:image,amp")) == 1
