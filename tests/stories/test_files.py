from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.stories.fields import FIELDS, LINKS, Mapped, fold_key
from reader.stories.files import parse_story, read_story
from reader.stories.model import Article, Image, Link, LinkRole, Provider, Story

if TYPE_CHECKING:
    from stories.conftest import StoryOf

WHOLE = """\
---
category: news
title: "Harbour ferries go electric: three routes by spring"
excerpt: |
  The harbour board has ordered three ferries.
  The first sails in April.
publishedDateTime: 2021-03-04T05:06:07Z
webUrl: "https://www.harbour.test/news/ferries"
originalUrl: "https://wire.test/ferries-1"
ampWebUrl: "https://www.harbour.test/amp/news/ferries"
cdnAmpWebUrl: "https://harbour-test.cdn.ampproject.org/c/s/www.harbour.test/amp/news/ferries"
type: article
quality: 61
heat: -1
published: true

provider:
  name: The Harbour Post
  domain: harbour.test
  founded: 1871
  images:
    - url: "https://harbour.test/logo.png"
      width: 64
      height: 32

authors:
  - Ada Quay
  - Ben Mole

topics:
  - Ferries
  - Batteries

images:
  - url: "/img/ferry.jpg"
    width: 1200
    height: 800
    title: "A ferry: at the quay"
    isCached: true
  - url: "https://harbour.test/2.jpg"

related:
  - title: "Ferry order signed"
    excerpt: "The yard has three years."
    publishedDateTime: 2021-03-03
    webUrl: "https://yard.test/order"
    ampUrl: "https://yard.test/order.amp"
    cdnAmpUrl: "https://yard-test.cdn.ampproject.org/c/s/yard.test/order.amp"
    type: video
    provider:
      name: Yard Weekly
      domain: yard.test
    quality: 12
    images:
      - url: "https://yard.test/1.jpg"
        width: 10
        height: 20
        title: Keel
    topics: [Ships]
    rank: 3

secured: "QUJDREVGRw=="

featuredContent:
  - kind: map
    zoom: 12
---

# Timetable

Not yet *known*.
"""


def test_every_field_of_a_file_is_read() -> None:
    story = parse_story(WHOLE.encode(), Path("ferries.md"))
    assert story == Story(
        path=Path("ferries.md"),
        title="Harbour ferries go electric: three routes by spring",
        excerpt="The harbour board has ordered three ferries.\nThe first sails in April.",
        published=datetime(2021, 3, 4, 5, 6, 7, tzinfo=UTC),
        published_text="2021-03-04T05:06:07Z",
        type="article",
        category="news",
        quality=61,
        heat=-1,
        is_published=True,
        provider=Provider(
            name="The Harbour Post",
            domain="harbour.test",
            images=(Image("https://harbour.test/logo.png", 64, 32),),
            extra={"founded": "1871"},
        ),
        authors=("Ada Quay", "Ben Mole"),
        topics=("Ferries", "Batteries"),
        links=(
            Link(LinkRole.SOURCE, "https://www.harbour.test/news/ferries"),
            Link(LinkRole.ORIGINAL, "https://wire.test/ferries-1"),
            Link(LinkRole.AMP, "https://www.harbour.test/amp/news/ferries"),
            Link(
                LinkRole.CDN_AMP,
                "https://harbour-test.cdn.ampproject.org/c/s/www.harbour.test/amp/news/ferries",
            ),
        ),
        images=(
            Image("/img/ferry.jpg", 1200, 800, "A ferry: at the quay", {"isCached": "true"}),
            Image("https://harbour.test/2.jpg"),
        ),
        related=(
            Article(
                title="Ferry order signed",
                excerpt="The yard has three years.",
                published=date(2021, 3, 3),
                published_text="2021-03-03",
                type="video",
                provider=Provider("Yard Weekly", "yard.test"),
                quality=12,
                links=(
                    Link(LinkRole.SOURCE, "https://yard.test/order"),
                    Link(LinkRole.AMP, "https://yard.test/order.amp"),
                    Link(LinkRole.CDN_AMP, "https://yard-test.cdn.ampproject.org/c/s/yard.test/order.amp"),
                ),
                images=(Image("https://yard.test/1.jpg", 10, 20, "Keel"),),
                topics=("Ships",),
                extra={"rank": "3"},
            ),
        ),
        sealed_bytes=12,
        extra={"featuredContent": [{"kind": "map", "zoom": "12"}]},
        body="# Timetable\n\nNot yet *known*.",
        flaws=(),
    )


def test_what_follows_from_the_links() -> None:
    story = parse_story(WHOLE.encode(), Path("ferries.md"))
    assert story is not None
    assert story.url == "https://www.harbour.test/news/ferries"
    assert story.key == "https://harbour.test/news/ferries"
    assert story.outlet == "harbour.test"
    assert story.related[0].key == "https://yard.test/order"


def test_a_story_without_a_link_is_named_by_what_it_says(story_of: StoryOf) -> None:
    one = story_of("title: A\nprovider: B\ndate: 2020-02-20")
    assert one.url == ""
    assert one.key.startswith("content:")
    assert one.key == story_of("date: 2020-02-20\nprovider: B\nheadline: A\nquality: 3").key
    others = (
        "title: C\nprovider: B\ndate: 2020-02-20",
        "title: A\nprovider: D\ndate: 2020-02-20",
        "title: A\nprovider: B",
    )
    assert one.key not in {story_of(other).key for other in others}


def test_an_outlet_is_its_domain_else_its_name_else_its_host(story_of: StoryOf) -> None:
    assert story_of("title: A\nprovider: {name: N, domain: d.test}\nurl: https://h.test/").outlet == "d.test"
    assert story_of("title: A\nprovider: {name: N}").outlet == "N"
    assert story_of("title: A\nurl: https://www.h.test/a").outlet == "h.test"
    assert story_of("title: A").outlet == ""


ROLES = [(role, key) for role, keys in LINKS.items() for key in keys]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("The firm&#8217;s &amp;&nbsp;the town&#x2019;s", "The firm’s & the town’s"),
        ("R&D; AT&T; &nothing; &#; fish & chips;", "R&D; AT&T; &nothing; &#; fish & chips;"),
        ("&amp;#8217;", "&#8217;"),
        ("A&#27;[2JB&#0;C&#x202e;D&#xd800;E&#9999999;", "A[2JB�CD�E�"),
    ],
)
def test_characters_that_are_named_as_pages_do_stand_there(story_of: StoryOf, written: str, shown: str) -> None:
    story = story_of(
        f"title: '{written}'\nexcerpt: '{written}'\nprovider: {{name: '{written}'}}\nwebUrl: https://a.org/?a=1&amp;=2"
    )
    assert (story.title, story.excerpt, story.provider.name) == (shown, shown, shown)
    assert story.url == "https://a.org/?a=1&amp;=2"


@pytest.mark.parametrize(("role", "key"), ROLES, ids=[key for _, key in ROLES])
def test_links_are_found_under_the_names_of_all_ages(story_of: StoryOf, role: LinkRole, key: str) -> None:
    story = story_of(f"title: A\n{key}: https://news.test/{key}")
    assert story.links == (Link(role, f"https://news.test/{key}"),)
    assert (dict(story.extra), story.flaws) == ({}, ())
    assert story.url == f"https://news.test/{key}"


def test_the_best_name_gives_the_link_and_the_others_are_kept(story_of: StoryOf) -> None:
    story = story_of("title: A\nlink: https://c.test/\nsourceUrl: https://b.test/\nwebUrl: https://a.test/")
    assert story.links == (Link(LinkRole.SOURCE, "https://a.test/"),)
    assert story.extra == {"link": "https://c.test/", "sourceUrl": "https://b.test/"}


@pytest.mark.parametrize("key", ["publishedDateTime", "published_date_time", "Published-DateTime", "PUBLISHEDDATETIME"])
def test_keys_are_known_in_all_spellings(story_of: StoryOf, key: str) -> None:
    assert story_of(f"title: A\n{key}: 2020-02-20").published == date(2020, 2, 20)


@pytest.mark.parametrize("key", FIELDS["title"])
def test_names_of_the_headline(story_of: StoryOf, key: str) -> None:
    assert story_of(f"{key}: A").title == "A"


@pytest.mark.parametrize("key", FIELDS["excerpt"])
def test_names_of_the_excerpt(story_of: StoryOf, key: str) -> None:
    assert story_of(f"title: A\n{key}: B").excerpt == "B"


@pytest.mark.parametrize("key", FIELDS["published"])
def test_names_of_the_time(story_of: StoryOf, key: str) -> None:
    story = story_of(f"title: A\n{key}: 2020-02-20T10:00:00Z")
    assert story.published == datetime(2020, 2, 20, 10, tzinfo=UTC)
    assert (story.is_published, dict(story.extra), story.flaws) == (None, {}, ())


@pytest.mark.parametrize("key", FIELDS["authors"])
def test_names_of_the_authors(story_of: StoryOf, key: str) -> None:
    assert story_of(f"title: A\n{key}: [B C, D]").authors == ("B C", "D")


@pytest.mark.parametrize("key", FIELDS["provider"])
def test_names_of_the_outlet(story_of: StoryOf, key: str) -> None:
    story = story_of(f"title: A\n{key}: The Post")
    assert (story.provider, story.links, story.flaws) == (Provider("The Post"), (), ())


@pytest.mark.parametrize("key", FIELDS["topics"])
@pytest.mark.parametrize("value", ["[B C, D, B C]", '"B C, D"', '"B C; D;"', "\n  - B C\n  - D\n  -", '" B  C ,, D "'])
def test_names_and_forms_of_the_topics(story_of: StoryOf, key: str, value: str) -> None:
    story = story_of(f"title: A\n{key}: {value}")
    assert (story.topics, dict(story.extra), story.flaws) == (("B C", "D"), {}, ())


@pytest.mark.parametrize("key", FIELDS["images"])
def test_names_and_forms_of_the_images(story_of: StoryOf, key: str) -> None:
    assert story_of(f"title: A\n{key}: /b.jpg").images == (Image("/b.jpg"),)
    assert story_of(f"title: A\n{key}: {{url: /b.jpg, width: wide}}").images == (
        Image("/b.jpg", extra={"width": "wide"}),
    )
    assert story_of(f"title: A\n{key}: [/b.jpg, {{url: /c.jpg}}]").images == (Image("/b.jpg"), Image("/c.jpg"))


def test_a_source_may_be_an_address_or_a_name(story_of: StoryOf) -> None:
    named = story_of("title: A\nsource: The Post\nurl: https://www.post.test/a")
    assert (named.provider.name, named.provider.domain) == ("The Post", "post.test")
    linked = story_of("title: A\nsource: https://www.post.test/a")
    assert linked.links == (Link(LinkRole.SOURCE, "https://www.post.test/a"),)
    assert linked.provider == Provider("post.test", "post.test")
    both = story_of("title: A\nsource: https://www.post.test/a\nsite: The Post")
    assert (both.url, both.provider.name) == ("https://www.post.test/a", "The Post")


def test_a_file_of_another_tool(story_of: StoryOf) -> None:
    story = story_of(
        "layout: post\nTitle: A\ndescription: B\ndate: 2020-02-20 10:00:00 +0100\nlink: https://post.test/a\n"
        "canonical_url: https://wire.test/a\nkeywords: C, D\nauthor: E\nsite_name: F\npublished: false\ndraft: yes\n",
        body="Text.",
    )
    assert (story.title, story.excerpt, story.topics, story.authors) == ("A", "B", ("C", "D"), ("E",))
    assert story.published == datetime(2020, 2, 20, 9, tzinfo=UTC)
    assert [(link.role, link.url) for link in story.links] == [
        (LinkRole.SOURCE, "https://post.test/a"),
        (LinkRole.ORIGINAL, "https://wire.test/a"),
    ]
    assert story.provider == Provider("F", "post.test")
    assert (story.is_published, story.body, story.flaws) == (False, "Text.", ())
    assert story.extra == {"layout": "post", "draft": "yes"}


def test_what_has_no_meaning_here_is_kept_as_it_is(story_of: StoryOf) -> None:
    story = story_of("title: A\nmap: {a: [1, no, null, {b: 1.10}]}\nwhen: 12:30\n7: seven\nempty:\n")
    assert story.extra == {"map": {"a": ["1", "no", None, {"b": "1.10"}]}, "when": "12:30", "7": "seven", "empty": None}
    assert story.flaws == ()


@pytest.mark.parametrize(
    ("word", "flag"), [("true", True), ("Yes", True), ("ON", True), ("false", False), ("no", False), ("off", False)]
)
def test_the_flag_of_publishing(story_of: StoryOf, word: str, flag: bool) -> None:
    assert story_of(f"title: A\npublished: {word}\ndate: 2020-02-20").is_published is flag


@pytest.mark.parametrize(
    ("text", "number"), [("61", 61), ("-1", -1), ("+7", 7), ("1_000", 1000), ("12.0", 12), ("0", 0)]
)
def test_whole_numbers(story_of: StoryOf, text: str, number: int) -> None:
    story = story_of(f"title: A\nquality: {text}\nheat: '{text} '")
    assert (story.quality, story.heat, story.flaws) == (number, number, ())


@pytest.mark.parametrize("name", ["a.md", "a.markdown", "a.TXT", "a.yaml", "a.yml"])
def test_the_ending_of_a_file_with_fences_makes_no_difference(story_of: StoryOf, name: str) -> None:
    assert story_of("title: A", body="B", name=name).title == "A"


def test_a_yaml_file_needs_no_fences() -> None:
    story = parse_story(b"title: A\nurl: https://news.test/\n", Path("a.yaml"))
    assert story is not None
    assert (story.title, story.url, story.body) == ("A", "https://news.test/", "")
    assert parse_story(b"title: A\n", Path("a.md")) is None


def test_a_file_is_read_from_the_disk(tmp_path: Path) -> None:
    file = tmp_path / "ferries.txt"
    file.write_bytes(WHOLE.replace("\n", "\r\n").encode("utf-8-sig"))
    expected = parse_story(WHOLE.encode(), file)
    assert expected is not None
    assert read_story(file) == expected
    readme = tmp_path / "README.md"
    readme.write_text("# About\n\n---\n", encoding="utf-8")
    assert read_story(readme) is None


def test_keys_are_folded_and_what_is_empty_is_passed_over() -> None:
    assert fold_key("Published-Date_Time") == "publisheddatetime"
    data = Mapped({"Title": "", "head-line": "A", "other": "B"})
    assert list(data.candidates("title")) == [("head-line", "A")]
    data.take("head-line")
    assert data.rest() == {"Title": "", "other": "B"}
    assert list(data.candidates("title")) == []


def test_a_key_that_is_very_long_means_nothing() -> None:
    long = f"head{'-' * 100}line"
    assert fold_key(long) == long
    assert list(Mapped({long: "A"}).candidates("title")) == []


def test_mappings_with_the_same_keys_are_told_apart() -> None:
    first, second = Mapped({"title": "A", "link": ""}), Mapped({"title": "B", "link": "C"})
    first.take("title")
    assert list(second.candidates("title")) == [("title", "B")]
    assert (list(first.links(LinkRole.SOURCE)), list(second.links(LinkRole.SOURCE))) == ([], [("link", "C")])
