from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coverage.likeness.pairs import Article, Pair, evidence, odds
from reader.coverage.likeness.evidence import Comparable, Evidence, Weighing
from reader.coverage.likeness.rarity import Rarity
from reader.coverage.likeness.wording import wording_of
from reader.stories.limits import COMPARED_CHARACTERS

TITLE = "Ferry strikes harbour bridge"
EXCERPT = "The ferry Quillwort hit a pillar of the bridge."
TEXTS = st.lists(
    st.sampled_from(
        ["Ferry", "bridge", "Quillwort", "harbour", "12.5", "fog", "the", "говорит", "微软宣布", "½", "\u0301"]
    ),
    max_size=8,
).map(" ".join)
ARTICLES = st.builds(Article, TEXTS, TEXTS, st.integers(0, 96), st.sampled_from(["", "one.example", "other.example"]))


class Known(Rarity):
    """A rarity that is known without counting.

    Args:
        level_of: gives the level of a word.
    """

    def __init__(self, level_of: Callable[[str], int]) -> None:
        super().__init__(lambda _: 0, 0)
        self.level_of = level_of


def of(one: Article, other: Article) -> Evidence:
    return evidence(Pair(one, other))


@given(ARTICLES, ARTICLES)
def test_evidence_is_the_same_in_either_order_and_bounded(one: Article, other: Article) -> None:
    found = of(one, other)
    assert found == of(other, one)
    assert all(0 <= value <= 1 for value in found._replace(apart=0, later=0, thin=0)), found
    assert 0 <= found.later <= found.apart < 1.2
    assert 0 <= found.thin <= 5


@given(ARTICLES, ARTICLES)
def test_it_is_so_too_where_a_library_knows_more_of_its_words_than_english(one: Article, other: Article) -> None:
    weighing = Weighing(Known(lambda word: len(word) % 7))
    assert weighing.evidence(one.told, other.told) == weighing.evidence(other.told, one.told)


@given(TEXTS.filter(lambda text: any(map(str.isascii, text.split()))), TEXTS)
def test_nothing_is_strange_about_the_same_article(title: str, excerpt: str) -> None:
    found = of(Article(title, excerpt), Article(title, excerpt, outlet="other.example"))
    assert (found.clash, found.lead, found.twin, found.series, found.filled, found.strange, found.apart) == (0,) * 7
    assert 0 <= found.excerpt <= 1


def test_each_headline_is_looked_for_in_the_whole_of_the_other() -> None:
    apart = Article("Boat collides", EXCERPT)
    assert (
        of(Article(TITLE, "Nothing else."), apart).headline > of(Article(TITLE), Article("Boat collides")).headline == 0
    )


def test_the_rarest_word_of_both_headlines_counts() -> None:
    common, rare = Article("Bridge opens"), Article("Quillwort bridge opens")
    assert 0 < of(common, rare).rarest < of(rare, rare).rarest == 1


def test_numbers_count_as_they_are_written_and_days_and_years_do_not() -> None:
    one = Article("Bridge costs 12.5 million", "Of 1,300 bolts 42 are loose since 3 March 2020, or March 4.")
    assert of(one, Article("12.5 million for a bridge", "42 of 1,300 bolts, in 2020, on 3 March.")).numbers == 1
    assert of(one, Article("12 million for a bridge")).numbers == 0
    assert of(one, Article("Bridge of 2020 opens on 3 March")).numbers == 0
    assert of(one, Article("42 bridges")).numbers == pytest.approx(1 / 3)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Quillwort 365 opens", set()),
        ("A cure for COVID-19 in Q1", set()),
        ("It has 365 rooms", {"365"}),
        ("Boat Leaks 38 Million Tonnes", {"38"}),
        ("At 40 knots", {"40"}),
        ("Quillwort 38 million in debt", {"38"}),
        ("Quillwort 12% up", {"12"}),
        ("Opera 365 or 365 operas", set()),
    ],
)
def test_numbers_of_names_do_not_count(text: str, numbers: set[str]) -> None:
    assert wording_of("What is known of it", text).numbers == numbers


NUMBERED = st.lists(
    st.sampled_from(["1", "12", ".5", ",000", "٣", "Mar", "March", "3rd", " ", " ", "km", "Q", "-", "2020", "%"])
).map("".join)


@given(NUMBERED)
def test_the_digits_of_a_number_stand_together_in_its_article(text: str) -> None:
    wording = wording_of("", text)
    assert {digits for number in wording.numbers for digits in re.findall(r"\d+", number)} <= wording.digits


STANDING = "Follow the Quillwort on the primaries: results, maps and analysis by our reporters in all 50 states."


def test_a_text_that_tells_of_neither_headline_is_no_excerpt() -> None:
    one, other = Article("Ferry strikes harbour bridge", STANDING), Article("Bridge toll to rise", STANDING)
    found, bare = of(one, other), of(one._replace(excerpt=""), other._replace(excerpt=""))
    assert found._replace(headline=0) == bare._replace(headline=0)
    told = of(one, other._replace(title="Primaries: results and maps"))
    assert told.bare == 0
    assert told.numbers == pytest.approx(1 / 3)
    assert told.excerpt > 0.7
    assert told.details > 0


def test_details_are_rare_words_in_common_anywhere() -> None:
    one, other = Article("Boat sinks", "It was the Quillwort."), Article("Quillwort gone", "The harbour is closed.")
    assert of(one, other).details > of(one, Article("Boat gone", "The harbour is closed.")).details == 0


def test_names_that_the_other_lacks_clash_and_one_lacking_is_strange() -> None:
    one, other = Article("The boat Quillwort sinks in harbour"), Article("The boat Hawkweed sinks in harbour")
    none = Article("The boat sinks in harbour")
    assert of(one, other).clash > of(one, none).clash == 0
    assert of(one, none).strange > 0
    assert of(one, other._replace(excerpt="It lay beside the Quillwort and the Hawkweed.")).strange > 0


def test_a_headline_of_several_matters_is_stranger_than_any_of_one() -> None:
    report = Article("Ferry strikes harbour bridge in Quillwort", "Nobody was hurt.")
    several = Article(
        "Ferry strikes bridge. Ferrante leaves Hawkweed. Dunmore buys Sorrel. Norvik sells Pelandra", "All in brief."
    )
    other = Article("Ferry of Hawkweed strikes Dunmore bridge", "Nobody was hurt.")
    assert of(report, several).strange > of(report, other).strange > 0
    assert of(report, several).strange == 1


def test_a_headline_that_begins_with_a_word_the_other_lacks_is_about_another() -> None:
    one, other = Article("Quillwort opens bridge"), Article("Hawkweed opens bridge")
    assert (of(one, other).lead, of(one, Article("Bridge opened by Quillwort")).lead) == (1, 0)
    assert of(one, Article("Bridge opens")).lead == 0.5


def test_twins_are_alike_and_each_has_a_word_of_its_own() -> None:
    one, other = Article("Bridge opens in Quillwort"), Article("Bridge opens in Hawkweed")
    assert of(one, other).twin == of(one, other).series > 0
    elsewhere = of(one, other._replace(outlet="other.example"))
    assert (elsewhere.twin, elsewhere.series) == (of(one, other).twin, 0)
    assert of(one, Article("Bridge opens")).twin == 0


def test_two_articles_of_which_no_outlet_is_known_are_not_of_one_outlet() -> None:
    one, other = Article("Bridge opens in Quillwort", hours=9), Article("Bridge opens in Hawkweed")
    known, unknown = of(one, other), of(one._replace(outlet=""), other._replace(outlet=""))
    assert (known.outlet, unknown.outlet, unknown.later, unknown.series) == (1, 0, 0, 0)
    assert unknown == of(one, other._replace(outlet="other.example"))


def test_one_word_here_and_two_there_is_no_difference() -> None:
    assert of(Article("Datacenter opens bridge"), Article("Data center opens bridge")).twin == 0


def test_without_an_excerpt_headlines_stand_for_it() -> None:
    bare, whole = Article(TITLE), Article(TITLE, EXCERPT)
    assert (of(bare, whole).bare, of(whole, whole).bare) == (1, 0)
    assert 0.5 < of(bare, whole).excerpt < 1


def test_short_excerpts_that_are_the_same_tell_less_than_long_ones() -> None:
    short, long = Article(TITLE, "What you need to know."), Article(TITLE, EXCERPT)
    assert of(short, short).excerpt < 0.5 < of(long, long).excerpt < 1


def test_the_same_excerpt_tells_less_where_names_clash() -> None:
    text = "The boat came last in the race, as it had done for years."
    one, other = Article("Quillwort wins", text), Article("Hawkweed wins", text)
    assert of(one, other).excerpt < of(one, one).excerpt


def test_headlines_of_a_word_or_two_are_too_thin_to_tell() -> None:
    brief = Article("Ferry bridge")
    assert of(brief, brief).thin > of(Article(TITLE), Article("A ferry is late today in Gozo")).thin > 0
    assert of(Article(TITLE), Article(TITLE)).thin == 0
    assert 0 < of(brief._replace(excerpt=EXCERPT), brief._replace(excerpt=EXCERPT)).thin < 1


def test_time_counts_by_its_logarithm() -> None:
    hours = [of(Article(TITLE), Article(TITLE, hours=hours)).apart for hours in (0, 1, 54, 96)]
    assert hours == sorted(hours)
    assert hours[0] == 0
    assert hours[2] == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize(
    "text", ["", " ", "the", "…", "\u0301", "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16")]
)
def test_texts_without_words_give_no_evidence(text: str) -> None:
    found = of(Article(text, text), Article(text, text, outlet="other.example"))
    assert found._replace(bare=0, thin=0, generic=0) == Evidence(*(0.0,) * len(Evidence._fields))
    assert (found.bare, found.thin, found.generic) == (1, 5, 1)
    assert odds(Pair(Article(text), Article(TITLE, EXCERPT, outlet="other.example"))) < 0


def test_of_very_long_texts_the_beginning_counts() -> None:
    long = " ".join(f"word{number}" for number in range(20_000))
    wording = wording_of(long, long)
    assert len(wording.title) < COMPARED_CHARACTERS
    assert wording == wording_of(long[:COMPARED_CHARACTERS], long[:COMPARED_CHARACTERS])
    assert of(Article(long, long), Article(long, long)).headline == pytest.approx(1, abs=0.01)


def test_a_weighing_tells_articles_apart_that_come_and_go() -> None:
    weighing = Weighing(Known(lambda _: 5))
    found = {
        weighing.evidence(*(Comparable(wording_of(f"Ferry {name}", ""), 0, "") for name in ("harbour", other))).headline
        for other in ("harbour", "bridge") * 50
    }
    assert found == {10 / 18, 5 / 18}
