"""Fits what the evidence of a pair weighs: the table in `src/reader/coverage/likeness/weights.py`.

`python tests/bench/fit_events.py GOLD [--write FILE]`, where GOLD is a folder with `events-dev.json` and
`google-news-dev.json`. Needs numpy and scipy, which the program itself does not.

Printed: the weights; pairs F1 and event F1 (see `figures`) of events fitted without the neighbourhoods that are looked
at, eight times over, and fitted to all; and how pure the events of a news day without excerpts and links are.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import combinations
from math import sqrt
from pathlib import Path
from typing import Any

import numpy as np  # type: ignore[import-not-found,unused-ignore]
from scipy.optimize import minimize  # type: ignore[import-not-found,import-untyped,unused-ignore]

from reader.coverage.groups import Bond, gather
from reader.coverage.likeness.candidates import clues_of, worth_comparing
from reader.coverage.likeness.evidence import NEAR_SECONDS, Comparable, Evidence, Weighing
from reader.coverage.likeness.odds import ALIKE
from reader.coverage.likeness.rarity import Rarity
from reader.coverage.likeness.wording import headline_words, wording_of
from reader.coverage.likeness.words import headline_key

FOLDS = 8
STRENGTH = 10.0
"""How strongly weights are kept small (L2, of numbers that are scaled to one)."""

LENIENT = 1.4
"""Added to every sum: of 100 pairs that are as likely as not when fitted, most are of large events by then."""

HARD, HARD_WEIGHT = 0.33, 3.0
"""The share of headline words in common from which two articles on different events count more, and how much more."""

BARE_WEIGHT = 0.3
"""What a pair counts without its excerpts, next to the same with them."""

AT_MOST = {"clash": -1.5, "outlet": -3.5, "series": -16.0, "filled": -18.0, "thin": -2.8}
"""What some numbers weigh at most, as the gold set has next to none of their cases: series of one outlet, forms
filled in with another name, headlines of a few words that have one in common. The kill set is for looking, not for
fitting."""

HELD = {"generic": -0.9}
"""What some numbers weigh whatever the gold set says: each of its neighbourhoods is about one subject, so it has few of
the pairs in which a subject is all that two articles have in common. Put in after the rest is fitted."""

MOST_OF_NUMBERS = 9.0
"""What `numbers` weighs at most: a number in common tells less than the gold set makes of its few cases."""

TWIN_WEIGHT = 0.01
"""What a pair of twins counts, of which any number can be made up."""

STRANGER_WEIGHT = 0.02
"""What a pair of headlines of different stories of the news day counts: there are many, and none has an excerpt."""

FOR = ("headline", "rarest", "excerpt", "numbers", "details")
AGAINST = ("clash", "lead", "outlet", "apart", "later", "twin", "strange")
"""Numbers whose weights may only be positive, or negative; `bare` may be either."""

Numbers = Any
"""An array of numpy's."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article of the gold set."""

    key: str
    headline: str
    told: Comparable
    title: str
    excerpt: str


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """Articles, and which of them report the same event: a number each."""

    articles: tuple[Article, ...]
    event: tuple[int, ...]

    @property
    def near(self) -> list[tuple[int, int]]:
        """The pairs that are near in time."""
        return [
            (a, b)
            for a, b in combinations(range(len(self.articles)), 2)
            if abs(self.articles[a].told.published - self.articles[b].told.published) <= NEAR_SECONDS
        ]


def article(told: Mapping[str, Any]) -> Article:
    """Read an article."""
    published = int(datetime.fromisoformat(told["time"]).timestamp())
    wording = wording_of(told["title"], told.get("excerpt", ""))
    return Article(
        told["url"],
        headline_key(told["title"]),
        Comparable(wording, published, told["domain"].removeprefix("www.")),
        told["title"],
        told.get("excerpt", ""),
    )


def rarity_in(articles: Sequence[Article]) -> Rarity:
    """How rare words are in a library of articles."""
    counts = Counter(word for one in articles for word in set(one.told.wording.title))
    return Rarity(counts.__getitem__, len(articles))


def twins_of(articles: Sequence[Article]) -> list[tuple[Comparable, Comparable]]:
    """Articles beside others in the same form that report something else; made up, as the gold set has few.

    In each headline the words that tell it apart are those of another article, whose excerpt it has as well, or none.
    """
    choose = random.Random(5)
    made = []
    for one in articles:
        told, other = one.told.wording, choose.choice(articles).told.wording
        foreign = sorted(other.names - told.names)
        own = sorted(told.names)
        if not foreign or not own:
            continue
        filled_in = {
            word: choose.choice(foreign) for word in choose.sample(own, min(len(own), choose.choice((1, 1, 2))))
        }
        title = " ".join(_swapped(word, filled_in) for word in one.title.split())
        hours, outlet = choose.choice((0, 1, 3, 10, 24, 48)), choose.choice((one.told.outlet, "another"))
        for excerpt in (choose.choice(articles).excerpt, ""):
            twin = Comparable(wording_of(title, excerpt), one.told.published + hours * 3_600, outlet)
            made.append((one.told if excerpt else without_excerpt(one).told, twin))
    return made


def _swapped(written: str, by: Mapping[str, str]) -> str:
    """A word of a headline, or another in its place, with a capital where it has one."""
    words = headline_words(written)
    other = by.get(words[0]) if words else None
    if other is None:
        return written
    return other.capitalize() if written[:1].isupper() else other


def without_excerpt(one: Article) -> Article:
    """An article of which only the headline is known."""
    return Article(one.key, one.headline, one.told._replace(wording=wording_of(one.title, "")), one.title, "")


class Gold:
    """The neighbourhoods, with the evidence of their pairs as parts of one library and of small ones.

    Attributes:
        pairs: the number of the neighbourhood, and the places of two articles in it.
        same: whether they are on one event.
        counts: what each pair counts.
        evidence: by kind of library, the numbers of each pair.
    """

    def __init__(self, path: Path) -> None:
        self.neighbourhoods = [
            Neighbourhood(
                tuple(article(one) for one in told["articles"]),
                tuple(place[1] for place in sorted((i, k) for k, event in enumerate(told["events"]) for i in event)),
            )
            for told in json.loads(path.read_text(encoding="utf-8"))
        ]
        self.pairs = [(n, *pair) for n, hood in enumerate(self.neighbourhoods) for pair in hood.near]
        all_articles = {one.key: one for hood in self.neighbourhoods for one in hood.articles}
        large = Weighing(rarity_in(list(all_articles.values())))
        small = [Weighing(rarity_in(hood.articles)) for hood in self.neighbourhoods]
        self.evidence: dict[str, Numbers] = {
            "one": np.array([large.evidence(*self._told(pair)) for pair in self.pairs]),
            "each": np.array([small[pair[0]].evidence(*self._told(pair)) for pair in self.pairs]),
            "bare": np.array([large.evidence(*self._told(pair, is_bare=True)) for pair in self.pairs]),
        }
        self.twins: Numbers = np.array(
            [
                choice.evidence(*pair)
                for n, pair in enumerate(twins_of(list(all_articles.values())))
                for choice in [(large, small[n % len(small)])[n % 2]]
            ]
        )
        self.same = np.array([hood.event[a] == hood.event[b] for hood, a, b in self._placed()])
        self.counts = np.array([self._count(hood, a, b) for hood, a, b in self._placed()])

    def _placed(self) -> list[tuple[Neighbourhood, int, int]]:
        return [(self.neighbourhoods[n], a, b) for n, a, b in self.pairs]

    def _told(self, pair: tuple[int, int, int], *, is_bare: bool = False) -> tuple[Comparable, Comparable]:
        n, a, b = pair
        one, other = self.neighbourhoods[n].articles[a], self.neighbourhoods[n].articles[b]
        return (without_excerpt(one).told, without_excerpt(other).told) if is_bare else (one.told, other.told)

    @staticmethod
    def _count(hood: Neighbourhood, a: int, b: int) -> float:
        """Large events count less than the square of their size; what is easily mistaken counts more."""
        if hood.event[a] == hood.event[b]:
            return 1 / sqrt(hood.event.count(hood.event[a]) - 1)
        one, other = ({*hood.articles[place].told.wording.title} for place in (a, b))
        return HARD_WEIGHT if len(one & other) >= HARD * len(one | other) > 0 else 1.0

    def events(self, kind: str, weights: Sequence[Weights]) -> list[list[list[int]]]:
        """The events of each neighbourhood, by weights of its own."""
        odds = [
            round(float(weights[n].odds(row)), 4)
            for (n, _, _), row in zip(self.pairs, self.evidence[kind], strict=True)
        ]
        bonds: defaultdict[int, list[Bond]] = defaultdict(list)
        for (n, a, b), sum_ in zip(self.pairs, odds, strict=True):
            one, other = self.neighbourhoods[n].articles[a], self.neighbourhoods[n].articles[b]
            is_copy = bool(one.headline) and one.headline == other.headline and one.told.outlet != other.told.outlet
            if is_copy or sum_ >= ALIKE:
                bonds[n].append(Bond(a, b, sum_, is_copy))
        return [grouped(hood.articles, bonds[n]) for n, hood in enumerate(self.neighbourhoods)]


def grouped(articles: Sequence[Article], bonds: Sequence[Bond]) -> list[list[int]]:
    """The events of articles, those of one article as well."""
    found = gather(
        bonds, {n: one.told.published for n, one in enumerate(articles)}, {n: one.key for n, one in enumerate(articles)}
    )
    alone = set(range(len(articles))) - {one for event in found for one in event}
    return [*found, *([one] for one in sorted(alone))]


class NewsDay:
    """The headlines of one day, with the wide story that each is on."""

    def __init__(self, path: Path) -> None:
        told = json.loads(path.read_text(encoding="utf-8"))
        self.articles = [article(one) for one in told]
        self.story = [one["story"] for one in told]
        rarity = rarity_in(self.articles)
        having: defaultdict[str, list[int]] = defaultdict(list)
        for number, one in enumerate(self.articles):
            for word in clues_of(one.told.wording.title):
                having[word].append(number)
        shared = {pair for numbers in having.values() for pair in combinations(numbers, 2)}
        told = [one.told for one in self.articles]
        self.pairs = sorted(
            (a, b)
            for a, b in shared
            if worth_comparing(
                told[a].wording.title, told[b].wording.title, abs(told[a].published - told[b].published), rarity
            )
        )
        weighing = Weighing(rarity)
        self.evidence = np.array([weighing.evidence(*(self.articles[n].told for n in pair)) for pair in self.pairs])
        self.strangers = np.array([self.story[a] != self.story[b] for a, b in self.pairs])

    def purity(self, weights: Weights) -> tuple[float, float]:
        """B-cubed precision of the events, and the share of articles that are on one."""
        odds = weights.odds(self.evidence)
        bonds = [
            Bond(a, b, round(float(sum_), 4), False)
            for (a, b), sum_ in zip(self.pairs, odds, strict=True)
            if sum_ >= ALIKE
        ]
        groups = grouped(self.articles, bonds)
        pure = sum(
            [self.story[n] for n in group].count(self.story[one]) / len(group) for group in groups for one in group
        )
        return pure / len(self.articles), sum(len(group) for group in groups if len(group) > 1) / len(self.articles)


@dataclass(frozen=True, slots=True)
class Weights:
    """What evidence weighs."""

    before_any: float
    each: Numbers

    def odds(self, evidence: Numbers) -> Numbers:
        """The sums of rows of evidence."""
        return evidence @ self.each + self.before_any


def fit(gold: Gold, day: NewsDay, without: set[int] = frozenset()) -> Weights:  # type: ignore[assignment]
    """Fit weights to all pairs but those of some neighbourhoods."""
    kept = np.array([pair[0] not in without for pair in gold.pairs])
    parts = [("one", 1.0), ("each", 1.0), ("bare", BARE_WEIGHT)]
    strangers = day.evidence[day.strangers]
    rows = np.vstack([*(gold.evidence[kind][kept] for kind, _ in parts), strangers, gold.twins])
    is_none = np.zeros(len(strangers) + len(gold.twins), bool)
    sign = np.where(np.concatenate([*(gold.same[kept] for _ in parts), is_none]), 1.0, -1.0)
    counts = np.concatenate(
        [
            *(gold.counts[kept] * by for _, by in parts),
            np.full(len(strangers), STRANGER_WEIGHT),
            np.full(len(gold.twins), TWIN_WEIGHT),
        ]
    )
    mean, scale = rows.mean(0), rows.std(0)
    scaled = (rows - mean) / scale

    def loss(at: Numbers) -> tuple[float, Numbers]:
        margin = -sign * (scaled @ at[1:] + at[0])
        slope = -counts * sign / (1 + np.exp(-margin))
        penalty = STRENGTH / 2 * float((at[1:] ** 2).sum())
        return float((counts * np.logaddexp(0, margin)).sum()) + penalty, np.concatenate(
            [[slope.sum()], scaled.T @ slope + STRENGTH * at[1:]]
        )

    bounds = [(None, None), *(_bounds(name, by) for name, by in zip(Evidence._fields, scale, strict=True))]
    found = minimize(loss, np.zeros(rows.shape[1] + 1), jac=True, method="L-BFGS-B", bounds=bounds).x
    each = found[1:] / scale
    before_any = float(found[0] - (each * mean).sum()) + LENIENT
    return Weights(before_any, np.array([HELD.get(name, by) for name, by in zip(Evidence._fields, each, strict=True)]))


def _bounds(name: str, scale: float) -> tuple[float | None, float | None]:
    """What a weight may be, times the scale of its number."""
    if name in HELD:
        return 0, 0
    if name == "numbers":
        return 0, MOST_OF_NUMBERS * scale
    if name in AT_MOST:
        return None, AT_MOST[name] * scale
    return (0 if name in FOR else None), (0 if name in AGAINST else None)


def figures(gold: Gold, events: Sequence[Sequence[Sequence[int]]], only: range | None = None) -> str:
    """Pairs precision, recall and F1; event F1 (mean of the best) from the side of the gold events, of those found."""
    hits = found_pairs = gold_pairs = 0
    theirs, ours = [], []
    for n, groups in enumerate(events):
        if only is not None and n not in only:
            continue
        of = gold.neighbourhoods[n].event
        real = [{i for i, event in enumerate(of) if event == number} for number in sorted(set(of))]
        made = [set(group) for group in groups]
        pairs, real_pairs = ({p for g in gs for p in combinations(sorted(g), 2)} for gs in (made, real))
        hits, found_pairs, gold_pairs = (
            hits + len(pairs & real_pairs),
            found_pairs + len(pairs),
            gold_pairs + len(real_pairs),
        )
        theirs += [max(2 * len(e & m) / (len(e) + len(m)) for m in made) for e in real if len(e) > 1]
        ours += [max(2 * len(e & m) / (len(e) + len(m)) for e in real) for m in made if len(m) > 1]
    precision, recall = hits / max(found_pairs, 1), hits / max(gold_pairs, 1)
    return (
        f"pairs P {precision:.3f} R {recall:.3f} F1 {2 * precision * recall / max(precision + recall, 1e-9):.3f}"
        f" · events F1 {np.mean(theirs):.3f} and {np.mean(ours):.3f}"
    )


def main() -> None:
    """Fit, and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    options = parser.parse_args()
    gold, day = Gold(options.gold / "events-dev.json"), NewsDay(options.gold / "google-news-dev.json")
    numbers = list(range(len(gold.neighbourhoods)))
    random.Random(0).shuffle(numbers)
    held_out: list[Weights | None] = [None] * len(numbers)
    for fold in range(FOLDS):
        left = set(numbers[fold::FOLDS])
        weights = fit(gold, day, left)
        for n in left:
            held_out[n] = weights
    fitted = fit(gold, day)
    for name, by in (("held out", held_out), ("fitted to all", [fitted] * len(numbers))):
        for kind in ("one", "each"):
            events = gold.events(kind, by)  # type: ignore[arg-type]
            print(f"{name}, {kind}: {figures(gold, events)} | first five: {figures(gold, events, range(5))}")  # noqa: T201
    print("news day: B-cubed precision {:.3f}, on an event {:.3f}".format(*day.purity(fitted)))  # noqa: T201
    print(f"before any {fitted.before_any:.2f}")  # noqa: T201
    for name, weight in zip(Evidence._fields, fitted.each, strict=True):
        print(f"    {name}={weight:.2f},")  # noqa: T201


if __name__ == "__main__":
    main()
