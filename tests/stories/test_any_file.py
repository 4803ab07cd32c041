"""Whatever a file holds: it is read alike in every way, its texts are safe, and nothing but `StoryError` comes out.

`pytest --hypothesis-profile=long` looks at many more of them.
"""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import thinned
from hostile.fuzzing import LONGEST, read_alone, run_chunk
from hostile.mutants import mutant, sources
from hostile.safety import texts, unsafe
from reader.base.paths import sample_folder
from reader.base.text import clean, clean_block, clean_typed, escaped
from reader.stories.dates import parse_date
from reader.stories.errors import StoryError
from reader.stories.files import parse_rest, parse_story
from reader.stories.limits import DEFAULT_LIMITS, Limits
from reader.stories.model import Story
from reader.stories.sections import EntryMemory
from story_strategies import any_files, hostile_text, odd_files, valid_files

MUTANTS = 120

PATHS = st.sampled_from([Path("a.md"), Path("b.txt"), Path("c.yaml")])


@lru_cache
def originals() -> list[bytes]:
    """The files that mutants are made of."""
    return sources(sample_folder())


@given(any_files, PATHS)
def test_any_file_is_read_alike_in_every_way_and_is_safe(data: bytes, path: Path) -> None:
    read_alone(data, path, EntryMemory())


@given(valid_files)
def test_a_valid_file_is_a_story_without_a_flaw(data: bytes) -> None:
    story = read_alone(data, Path("a.md"), EntryMemory())
    assert isinstance(story, Story)
    assert not [flaw for flaw in story.flaws if "no headline" not in flaw.reason]


@given(odd_files)
def test_what_is_yaml_is_a_story_whatever_its_values_are(data: bytes) -> None:
    story = read_alone(data, Path("a.md"), EntryMemory())
    assert isinstance(story, Story | StoryError)
    if isinstance(story, StoryError):
        assert "merge key" in story.reason


@given(hostile_text)
def test_the_gates_for_typing_and_for_json_let_nothing_through_and_lose_nothing(text: str) -> None:
    assert not unsafe(clean_typed(text))
    assert not unsafe(clean(text))
    shown = escaped(json.dumps({"a": text}, ensure_ascii=False))
    assert json.loads(shown) == {"a": text}
    assert not set(map(ord, shown)) & {0x7F, *range(0x80, 0xA0), 0x202E, 0x2066, 0xFEFF}


def test_mutants_are_read_alike_in_every_way_and_as_a_library() -> None:
    tally = run_chunk(range(MUTANTS), seed=1, originals=originals())
    assert tally.failures == []
    assert tally.files == MUTANTS
    assert min(tally.stories, tally.refused, tally.none) > 0
    assert tally.slowest[0] < LONGEST


def test_a_mutant_follows_from_its_number() -> None:
    made = [mutant(number, 3, originals()) for number in range(40)]
    assert made == [mutant(number, 3, originals()) for number in range(40)]
    assert len(set(made)) > 35


# What mutants and adversaries have found.


@pytest.mark.parametrize(
    "when", ["2022-03-11T12:05" + "5" * 50 + ":00Z", "1" * 60 + ":1", "12:0" + "5" * 40 + " 2020-02-02"]
)
def test_a_date_of_absurd_numbers_is_no_date(when: str) -> None:
    assert parse_date(when) is None


@pytest.mark.parametrize(
    "key", ["!!python/x related", "&a related", "re-lated", "'related'", '"rel\\x61ted"', "? related\n", "Re_Lated"]
)
def test_a_list_of_coverage_by_another_name_stands_in_no_head(key: str) -> None:
    data = f'---\ntitle: x\n{key}:\n  - {{title: a, webUrl: "https://a.test/"}}\nsecured: "QUJD"\n---\n'.encode()
    assert parse_rest(data, DEFAULT_LIMITS, EntryMemory()) is None
    read_alone(data, Path("a.md"), EntryMemory())


HEAD = "---\ntitle: x\nwebUrl: https://a.test/\n"
SMALL = Limits(related=3, labels=3, images=3, line=50, text=100, flaws=5, keys=9, aliases=4)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("related:\n" + "- {title: a, webUrl: https://b.test/}\n" * 5, "related: 5 entries; the first 3 are taken in"),
        ("topics: [a, b, c, d]\n", "topics: 4 entries; the first 3 are taken in"),
        ("images: [a, b, c, d]\n", "images: 4 entries; the first 3 are taken in"),
        (f"category: {'a' * 60}\n", "category: 60 characters; the first 50 are taken in"),
        (f"excerpt: {'a' * 120}\n", "excerpt: 120 characters; the first 100 are taken in"),
        (f"other: {'a' * 120}\n", "other: 120 characters; the first 100 are taken in"),
        (f"ampUrl: https://a.test/{'a' * 9_000}\n", "ampUrl: longer than any link, so it is shown and never opened"),
        ("related:\n" + "- a\n- {}\n" * 2, "related: 4 entries; the first 3 are taken in"),
    ],
)
def test_what_is_past_a_limit_is_left_out_and_told(more: str, told: str) -> None:
    data = f"{HEAD}{more}---\n".encode()
    story = parse_story(data, Path("a.md"), SMALL)
    assert story is not None
    assert told in "\n".join(flaw.reason for flaw in story.flaws)
    assert len(story.related) <= 3
    assert all(
        len(text) <= 100 or text.startswith("https") for text in texts((story.excerpt, story.extra, story.topics))
    )
    assert story == parse_story(data, Path("a.md"), SMALL, EntryMemory())


def test_a_body_past_the_limit_is_cut_and_told() -> None:
    story = parse_story(f"{HEAD}---\n{'a' * 120}".encode(), Path("a.md"), SMALL)
    assert story is not None
    assert len(story.body) == 100
    assert [flaw.reason for flaw in story.flaws] == ["body: 120 characters; the first 100 are taken in"]


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ("k: &a v\nl: [*a, *a, *a, *a, *a]\n", "more than 4 aliases"),
        ("k: {" + ", ".join(f"k{n}: v" for n in range(10)) + "}\n", "a mapping of more than 9 keys"),
    ],
)
def test_a_file_past_a_limit_of_yaml_is_refused(more: str, told: str) -> None:
    with pytest.raises(StoryError, match=told):
        parse_story(f"{HEAD}{more}---\n".encode(), Path("a.md"), SMALL)


def test_flaws_past_the_limit_are_counted() -> None:
    more = "related: [{title: a}, {title: a}, {}]\nquality: q\nheat: q\ndate: q\n"
    story = parse_story(f"{HEAD}{more}---\n".encode(), Path("a.md"), SMALL)
    assert story is not None
    assert len(story.flaws) == SMALL.flaws + 1
    assert story.flaws[-1].reason == "1 more of such"


@pytest.mark.parametrize("unit", thinned(["\x1b", "e" + "\u0301" * 6, "\u200d", "a,", "\u202e", "\U000e0041"], every=6))
def test_a_large_field_of_hostile_text_takes_no_long_time(unit: str) -> None:
    import time

    size = 4_000_000
    data = f"{HEAD}excerpt: '{unit * (size // len(unit.encode()))}'\n---\n".encode()
    started = time.process_time()
    story = parse_story(data, Path("a.md"))
    assert time.process_time() - started < 2 * LONGEST
    assert story is not None
    assert clean_block(story.excerpt) == story.excerpt


def test_a_large_sealed_body_is_no_flaw() -> None:
    story = parse_story(f'{HEAD}secured: "{"QUJD" * 60_000}"\n---\n'.encode(), Path("a.md"))
    assert story is not None
    assert (story.sealed_bytes, story.flaws) == (240_000, ())
