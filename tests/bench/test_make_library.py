"""The libraries that measurements are made on have the shapes they promise."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path

import pytest

from bench import story_files, words
from bench.make_library import MINUTES, Kind, make_stories, outlets
from bench.story_files import FIRST_DAY, MadeStory, write_feed, write_library
from reader.stories.files import read_story
from reader.stories.model import LinkRole, Story

pytestmark = pytest.mark.long

STORIES = 60
KINDS: tuple[Kind, ...] = ("full", "heads")


def written(folder: Path, kind: Kind = "full", seed: int = 1, count: int = STORIES) -> dict[str, bytes]:
    """A library's files by their places in the folder."""
    write_library(make_stories(count, seed, kind), folder, seed)
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def read(folder: Path) -> list[Story]:
    """All stories of a folder."""
    stories = [read_story(file) for file in sorted(folder.rglob("*.md"))]
    assert None not in stories
    return [story for story in stories if story is not None]


@pytest.mark.parametrize("kind", KINDS)
def test_same_seed_makes_the_same_files(tmp_path: Path, kind: Kind) -> None:
    first = written(tmp_path / "a", kind)
    assert len(first) == STORIES
    random.seed(0)
    assert written(tmp_path / "b", kind) == first
    assert written(tmp_path / "c", kind, seed=2) != first


@pytest.mark.parametrize("kind", KINDS)
def test_every_file_is_read_without_a_flaw(tmp_path: Path, kind: Kind) -> None:
    made = {story.url: story for story in make_stories(STORIES, kind=kind)}
    written(tmp_path / "library", kind)
    stories = read(tmp_path / "library")
    assert len(stories) == len(made) == STORIES
    for story in stories:
        told = made[story.url]
        assert story.flaws == ()
        assert dict(story.extra) == {}
        assert (story.title, story.excerpt, story.published) == (told.title, told.excerpt, told.published)
        assert (story.category, story.type, story.quality, story.heat) == ("news", told.type, told.quality, told.heat)
        assert (story.provider.name, story.provider.domain) == (told.outlet.name, told.outlet.domain)
        assert story.topics == told.topics
        assert story.sealed_bytes
        assert story.is_published is False
        assert [related.url for related in story.related] == [related.url for related in told.related]
        roles = [LinkRole.SOURCE, *([LinkRole.AMP, LinkRole.CDN_AMP] if told.has_amp else [])]
        assert {link.role for link in story.links} == set(roles)


def test_an_article_has_one_address_in_every_file(tmp_path: Path) -> None:
    written(tmp_path / "library")
    keys: dict[str, set[str]] = {}
    for story in read(tmp_path / "library"):
        for article in (story, *story.related):
            keys.setdefault(article.key, set()).add(article.url)
    assert all(len(urls) == 1 for urls in keys.values())


def test_related_articles_are_named_word_for_word_alike(tmp_path: Path) -> None:
    written(tmp_path / "library", count=120)
    stories = read(tmp_path / "library")
    urls = {story.url for story in stories}
    entries = [related for story in stories for related in story.related]
    assert len(set(map(repr, entries))) == len({entry.url for entry in entries})
    assert sum(entry.url in urls for entry in entries) > 0.9 * len(entries)
    links = {(story.url, entry.url) for story in stories for entry in story.related if entry.url in urls}
    assert sum((there, here) in links for here, there in links) > 0.98 * len(links)


def full_library() -> list[MadeStory]:
    """As many stories as were measured in the collection that the format comes from."""
    return make_stories(5_632)


@pytest.mark.long
def test_a_full_library_has_the_shape_of_the_real_one() -> None:
    stories = full_library()
    amounts = [len(story.related) for story in stories]
    named = {related.url for story in stories for related in story.related}
    assert 140_000 < sum(amounts) < 180_000
    assert max(amounts) <= 179
    assert sum(amount > 20 for amount in amounts) > 0.3 * len(stories)
    assert sum(amount > 0 for amount in amounts) == pytest.approx(0.73 * len(stories), rel=0.05)
    assert 30 < sum(amounts) / len(named) < 45
    outlets_of: dict[str, set[str]] = {}
    for story in stories:
        outlets_of.setdefault(story.title, set()).add(story.outlet.name)
    assert 80 < sum(len(names) > 1 for names in outlets_of.values()) < 300


def test_words_and_topics_are_spread() -> None:
    stories = full_library()
    common = sum(words.COMMON_WORD in story.excerpt.lower() for story in stories)
    rare = sum(words.RARE_WORD in story.excerpt for story in stories)
    assert common > 0.7 * len(stories)
    assert 1 <= rare <= 4
    topics = Counter(topic for story in stories for topic in story.topics)
    assert len(topics) == len(words.TOPICS)
    assert topics.most_common(1)[0][1] > 10 * min(topics.values())
    assert {len(story.topics) for story in stories} == {1, 2, 3}
    assert all(0 <= story.minute < MINUTES for story in stories)
    assert max(story.published for story in stories).year - FIRST_DAY.year == 4
    assert len({outlet.domain for outlet in outlets()}) == len(outlets())


def test_folders_hold_no_more_than_they_should(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(story_files, "FOLDER_FILES", 10)
    files = written(tmp_path / "library", "heads", count=200)
    assert max(Counter(Path(file).parent for file in files).values()) == 10


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.md").write_text("mine")
    with pytest.raises(FileExistsError):
        write_library(make_stories(1), tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["mine.md"]


@pytest.mark.parametrize("count", [0, 1, 2, 5])
def test_a_library_may_be_tiny(tmp_path: Path, count: int) -> None:
    assert len(written(tmp_path / "library", count=count)) == count


def test_the_feed_has_all_stories(tmp_path: Path) -> None:
    stories = make_stories(STORIES)
    write_feed(stories, tmp_path / "all.xml")
    items = ET.parse(tmp_path / "all.xml").getroot().findall("channel/item")
    assert {item.findtext("link") for item in items} == {story.url for story in stories}
    assert {item.findtext("title") for item in items} == {story.title for story in stories}
