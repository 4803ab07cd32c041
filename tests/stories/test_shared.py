"""Every real story, against PyYAML's own reading of its front matter."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import yaml

from reader.base.text import clean, clean_block, without_references
from reader.stories.files import read_story
from reader.stories.model import Article, Image, LinkRole, Provider, Story
from reader.stories.urls import canonical_url

SEEDS = 5
CORPUS = 1_094
CHUNKS = 8

LINK_KEYS = {
    "webUrl": LinkRole.SOURCE,
    "sourceUrl": LinkRole.SOURCE,
    "originalUrl": LinkRole.ORIGINAL,
    "ampWebUrl": LinkRole.AMP,
    "ampUrl": LinkRole.AMP,
    "cdnAmpWebUrl": LinkRole.CDN_AMP,
    "cdnAmpUrl": LinkRole.CDN_AMP,
}
ARTICLE_KEYS = {"title", "excerpt", "publishedDateTime", "type", "quality", "provider", "topics", "images", *LINK_KEYS}
STORY_KEYS = ARTICLE_KEYS | {"category", "heat", "published", "related", "secured"}

Data = dict[str, Any]


def files_of(shared: Path) -> list[Path]:
    """All files of the shared folder, in order."""
    seeds = sorted((shared / "seeds").iterdir())
    corpus = sorted(file for file in (shared / "corpus").rglob("*") if file.is_file())
    assert (len(seeds), len(corpus)) == (SEEDS, CORPUS)
    return seeds + corpus


def plain(file: Path) -> Data:
    """The front matter as PyYAML reads it."""
    _, header, _ = file.read_text(encoding="utf-8").split("---\n", 2)
    data = yaml.load(header, Loader=yaml.CSafeLoader)
    assert isinstance(data, dict)
    return data


def as_text(value: object) -> object:
    """A value of PyYAML's as the file has it: the words of flags and numbers, cleaned text."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%dT%H:%M:%SZ")
    if isinstance(value, str):
        return clean_block(value)
    if isinstance(value, list):
        return [as_text(part) for part in value]
    if isinstance(value, dict):
        return {clean(str(key)): as_text(part) for key, part in value.items()}
    return value


def rest(data: Data, known: set[str]) -> object:
    """What a mapping of the file holds beside the known keys; empty ones stay among the rest."""
    return as_text({key: value for key, value in data.items() if key not in known or value in ("", None, [], {})})


def same_images(images: tuple[Image, ...], data: Data) -> bool:
    """Whether pictures are those of a mapping of the file."""
    expected = tuple(
        Image(
            clean(image["url"]),
            image.get("width"),
            image.get("height"),
            clean(image.get("title", "")),
            {key: as_text(image[key]) for key in image if key not in ("url", "width", "height", "title")},  # type: ignore[misc]
        )
        for image in data.get("images", [])
    )
    return images == expected


def same_provider(provider: Provider, data: Data) -> bool:
    name, domain = clean(str(data["name"])), clean(data["domain"])
    return (
        (provider.name, provider.domain) == (name, domain)
        and same_images(provider.images, data)
        and dict(provider.extra) == rest(data, {"name", "domain", "images"})
    )


def same_links(article: Article, data: Data) -> bool:
    expected = {role: clean(data[key]) for key, role in LINK_KEYS.items() if data.get(key)}
    return {link.role: link.url for link in article.links} == expected and len(article.links) == len(expected)


def same_time(article: Article, when: object) -> bool:
    if isinstance(when, datetime) and when.tzinfo is None:
        when = when.replace(tzinfo=UTC)
    return isinstance(when, datetime) and article.published == when


def wrong_of_article(article: Article, data: Data) -> list[str]:
    """The names of the fields of an article that differ from the file's."""
    same = {
        "title": article.title == clean(without_references(str(data["title"]))),
        "excerpt": article.excerpt == clean_block(without_references(str(data["excerpt"] or ""))).strip(),
        "published": same_time(article, data["publishedDateTime"]),
        "type": article.type == data["type"],
        "quality": article.quality == data["quality"],
        "topics": article.topics == tuple(dict.fromkeys(clean(str(topic)) for topic in data.get("topics", []))),
        "provider": same_provider(article.provider, data["provider"]),
        "links": same_links(article, data),
        "images": same_images(article.images, data),
    }
    return [name for name, good in same.items() if not good]


def wrong_of_story(story: Story, data: Data) -> list[str]:
    """The names of the fields of a story that differ from the file's."""
    entries: list[Data] = data.get("related") or []
    sealed = data.get("secured")
    same = {
        "category": story.category == clean(data["category"]),
        "heat": story.heat == data["heat"],
        "is_published": story.is_published is data["published"],
        "sealed_bytes": story.sealed_bytes == (len(clean(sealed)) if sealed else None),
        "extra": dict(story.extra) == rest(data, STORY_KEYS),
        "related": len(story.related) == len(entries),
        "body": story.body == "",
        "flaws": story.flaws == (),
    }
    wrong = wrong_of_article(story, data) + [name for name, good in same.items() if not good]
    for number, (article, entry) in enumerate(zip(story.related, entries, strict=False), start=1):
        wrong += [f"related {number}: {name}" for name in wrong_of_article(article, entry)]
        if dict(article.extra) != rest(entry, ARTICLE_KEYS):
            wrong.append(f"related {number}: extra")
    return wrong


@pytest.mark.parametrize("chunk", [0, *(pytest.param(chunk, marks=pytest.mark.long) for chunk in range(1, CHUNKS))])
def test_every_field_of_every_real_story_is_read(shared: Path, chunk: int) -> None:
    wrong: dict[str, list[str]] = {}
    files = files_of(shared)[chunk::CHUNKS]
    for file in files:
        story = read_story(file)
        assert story is not None, file.name
        differing = wrong_of_story(story, plain(file))
        if differing:
            wrong[file.name] = differing
    assert files
    assert wrong == {}


@pytest.mark.long
def test_no_two_real_articles_meet_under_one_address(shared: Path) -> None:
    titles: dict[str, dict[str, str]] = {}
    for file in files_of(shared):
        story = read_story(file)
        assert story is not None
        for article in (story, *story.related):
            canonical = canonical_url(article.url)
            assert canonical is not None
            assert canonical == article.key
            assert canonical_url(canonical) == canonical
            titles.setdefault(canonical, {})[article.url] = article.title
    met = {canonical: urls for canonical, urls in titles.items() if len(set(urls.values())) > 1}
    assert len(titles) > CORPUS
    assert met == {}
