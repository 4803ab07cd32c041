"""What the index makes of the articles that stories and their related entries name."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reader.coverage.model import Coverage, CoverageArticle
from reader.library.library import Library
from reader.library.sync import sync as syncing

if TYPE_CHECKING:
    from conftest import WriteStory
    from library.conftest import OpenLibrary

GLACIER = {"title": "Glacier splits", "url": "https://web.example/glacier", "provider": "Web", "domain": "web.example"}


def story(library: Library, name: str) -> int:
    found = library.index.story_at(name.encode())
    assert found is not None
    return found


def coverage(library: Library, name: str) -> Coverage:
    found = library.index.coverage(story(library, name))
    assert found is not None
    return found


def linked(library: Library, name: str) -> set[str]:
    return {article.key for article in coverage(library, name).articles}


def article(library: Library, name: str, key: str) -> CoverageArticle:
    return next(one for one in coverage(library, name).all if one.key == key)


def sizes(library: Library, name: str) -> tuple[int, int]:
    """Linked articles, on the event or not, and outlets, after a look that the row and the coverage agree on them."""
    found = story(library, name)
    row = library.index.rows([found])[found]
    whole = coverage(library, name)
    assert (row.outlets, row.linked, row.alike) == (whole.outlets, len(whole.linked), len(whole.alike))
    return row.coverage, row.outlets


def test_an_article_named_by_three_files_is_one_and_knows_them(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    for name in ("a.md", "b.md", "c.md"):
        write_story(tmp_path, name, url=f"https://{name}.example/1", related=[GLACIER])
    library = open_library(tmp_path)
    for name in ("a.md", "b.md", "c.md"):
        (node,) = coverage(library, name).articles
        assert (node.title, node.provider, node.outlet, node.is_local) == (
            "Glacier splits",
            "Web",
            "web.example",
            False,
        )
        assert sorted(node.named_by) == sorted(story(library, other) for other in ("a.md", "b.md", "c.md"))
        assert sizes(library, name) == (1, 1)
    assert library.index.counts().articles == 1, "three files name one"


def test_the_fullest_entry_speaks_for_an_article(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path, "a.md", related=[{**GLACIER, "title": "Short"}])
    write_story(tmp_path, "b.md", related=[{**GLACIER, "title": "Long", "excerpt": "The longest of all excerpts."}])
    write_story(tmp_path, "c.md", related=[{**GLACIER, "title": "Middle", "excerpt": "An excerpt."}])
    library = open_library(tmp_path)
    assert article(library, "a.md", "https://web.example/glacier").title == "Long"
    (tmp_path / "b.md").unlink()
    library.sync()
    assert article(library, "a.md", "https://web.example/glacier").title == "Middle"


def test_an_article_that_is_a_file_is_that_story(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path, "a.md", url="https://a.example/1", related=[GLACIER])
    write_story(tmp_path, "b.md", title="Glacier splits in two", url="https://web.example/glacier", quality=7)
    library = open_library(tmp_path)
    (node,) = coverage(library, "a.md").articles
    assert (node.story, node.title, node.quality) == (story(library, "b.md"), "Glacier splits in two", 7)
    assert library.index.story_named("https://web.example/glacier") == story(library, "b.md")


def test_an_article_becomes_a_story_when_its_file_comes_and_stops_when_it_goes(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path, "a.md", url="https://a.example/1", related=[GLACIER])
    library = open_library(tmp_path)
    assert library.index.story_named("https://web.example/glacier") is None

    write_story(tmp_path, "b.md", title="From the file", url="https://web.example/glacier")
    library.sync()
    node = article(library, "a.md", "https://web.example/glacier")
    assert (node.story, node.title) == (story(library, "b.md"), "From the file")
    assert linked(library, "b.md") == {"https://a.example/1"}

    (tmp_path / "b.md").unlink()
    library.sync()
    node = article(library, "a.md", "https://web.example/glacier")
    assert (node.story, node.title) == (None, "Glacier splits")


def test_links_count_in_both_directions(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    write_story(tmp_path, "a.md", url="https://a.example/1", related=[GLACIER])
    write_story(tmp_path, "b.md", url="https://web.example/glacier", domain="web.example")
    write_story(
        tmp_path, "c.md", url="https://c.example/1", related=[{"title": "B", "url": "https://web.example/glacier"}]
    )
    library = open_library(tmp_path)
    assert linked(library, "b.md") == {"https://a.example/1", "https://c.example/1"}
    assert linked(library, "a.md") == linked(library, "c.md") == {"https://web.example/glacier"}
    assert sizes(library, "b.md") == (2, 1)
    assert sizes(library, "a.md") == (1, 1)


def test_a_link_both_ways_counts_once(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    write_story(tmp_path, "a.md", url="https://a.example/1", related=[GLACIER, GLACIER])
    write_story(
        tmp_path, "b.md", url="https://web.example/glacier", related=[{"title": "A", "url": "https://a.example/1"}]
    )
    library = open_library(tmp_path)
    assert sizes(library, "a.md") == sizes(library, "b.md") == (1, 1)


def test_a_story_that_names_itself_is_not_its_own_coverage(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path, "a.md", url="https://web.example/glacier", related=[GLACIER])
    library = open_library(tmp_path)
    assert sizes(library, "a.md") == (0, 1)
    assert coverage(library, "a.md").focus.story == story(library, "a.md")


def test_two_files_of_one_article_are_one_node_for_which_the_first_speaks(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path, "b.md", title="Second copy", url="https://web.example/glacier")
    write_story(
        tmp_path,
        "a.md",
        title="First copy",
        url="https://web.example/glacier",
        related=[{"title": "Moraine", "url": "https://moraine.example/1"}],
    )
    write_story(tmp_path, "c.md", related=[GLACIER])
    library = open_library(tmp_path)
    (node,) = coverage(library, "c.md").articles
    assert (node.story, node.title) == (story(library, "a.md"), "First copy")
    assert linked(library, "a.md") == linked(library, "b.md")
    assert "https://moraine.example/1" in linked(library, "b.md")

    (tmp_path / "a.md").unlink()
    library.sync()
    (node,) = coverage(library, "c.md").articles
    assert (node.story, node.title) == (story(library, "b.md"), "Second copy")
    assert "https://moraine.example/1" not in linked(library, "b.md")


@pytest.mark.parametrize(
    "url",
    [
        "http://www.web.example/glacier/",
        "https://web.example/glacier?utm_source=feed&fbclid=1#top",
        "https://m.web.example/glacier",
        "https://amp.web.example/glacier/amp",
        "https://web-example.cdn.ampproject.org/c/s/web.example/glacier/amp/",
        "https://WEB.example:443/glacier",
    ],
)
def test_forms_of_one_address_are_one_article(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary, url: str
) -> None:
    write_story(tmp_path, "a.md", related=[GLACIER])
    write_story(tmp_path, "b.md", related=[{**GLACIER, "url": url}])
    write_story(tmp_path, "c.md", url=url)
    library = open_library(tmp_path)
    for name in ("a.md", "b.md"):
        assert linked(library, name) == {"https://web.example/glacier"}
        assert article(library, name, "https://web.example/glacier").story == story(library, "c.md")
    assert len(linked(library, "c.md")) == 2


def test_an_entry_with_only_an_amp_address_is_the_article_it_stands_for(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    write_story(tmp_path, "a.md", related=[{"title": "AMP", "ampWebUrl": "https://web.example/amp/glacier"}])
    write_story(tmp_path, "b.md", url="https://web.example/glacier")
    assert linked(open_library(tmp_path), "a.md") == {"https://web.example/glacier"}


def test_entries_without_address_are_one_where_they_say_the_same(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    told = {"title": "Radio report", "provider": "Radio One", "published": "2021-03-04T05:06:00Z"}
    write_story(tmp_path, "a.md", related=[told])
    write_story(tmp_path, "b.md", related=[told, {**told, "title": "Another report"}])
    library = open_library(tmp_path)
    (node,) = coverage(library, "a.md").articles
    assert (node.title, node.outlet, node.url) == ("Radio report", "Radio One", "")
    assert len(node.named_by) == 2
    assert sizes(library, "a.md") == (1, 1)  # the story itself tells no outlet
    assert sizes(library, "b.md") == (2, 1)


def test_counts_follow_every_change(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    moraine = {"title": "Moraine", "url": "https://moraine.example/1", "domain": "moraine.example"}

    def write_a(*related: dict[str, str]) -> None:
        write_story(tmp_path, "a.md", url="https://a.example/1", domain="a.example", related=related)

    write_a()
    library = open_library(tmp_path)
    assert sizes(library, "a.md") == (0, 1)

    write_a(GLACIER, moraine)
    library.sync()
    assert sizes(library, "a.md") == (2, 1)

    write_story(tmp_path, "b.md", url="https://moraine.example/1", domain="a.example")  # its outlet is that of a.md
    library.sync()
    assert sizes(library, "a.md") == (2, 1)
    assert sizes(library, "b.md") == (1, 1)

    write_story(tmp_path, "c.md", url="https://c.example/1", related=[{"title": "A", "url": "https://a.example/1"}])
    library.sync()
    assert sizes(library, "a.md") == (3, 1)

    write_a(GLACIER)
    library.sync()
    assert sizes(library, "a.md") == (2, 1)
    assert sizes(library, "b.md") == (0, 1)

    (tmp_path / "c.md").unlink()
    library.sync()
    assert sizes(library, "a.md") == (1, 1)
    assert library.index.counts().articles == 1


def test_the_stories_of_an_event_go_by_time(tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary) -> None:
    def report(name: str, published: str, *to: str) -> None:
        related = [{"title": other, "url": f"https://{other}.example/1"} for other in to]
        title = f"Harbour ferry rams lighthouse pier, says {name}"
        write_story(
            tmp_path, f"{name}.md", title=title, url=f"https://{name}.example/1", published=published, related=related
        )

    report("post", "2021-01-02T10:00:00Z", "herald", "times")
    report("herald", "2021-01-01T10:00:00Z")
    report("times", "2021-01-03T10:00:00Z", "herald")
    report("late", "2022-01-03T10:00:00Z", "herald")
    library = open_library(tmp_path)
    for name in ("post", "herald", "times"):
        stories = library.index.event_stories(story(library, f"{name}.md"))
        assert [library.index.path(one) for one in stories] == [b"herald.md", b"post.md", b"times.md"]
    assert list(library.index.event_stories(story(library, "late.md"))) == [story(library, "late.md")]
    assert list(library.index.event_stories(10_000)) == []


def test_an_article_has_its_key_before_coverage_is_found(
    tmp_path: Path, write_story: WriteStory, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = {"title": "On the web", "url": "https://www.web.example/a"}
    write_story(tmp_path / "news", "a.md", title="A", url="https://a.example/1", related=[entry])
    monkeypatch.setattr(syncing, "resolve", lambda *_: False)
    with Library(tmp_path / "news", tmp_path / "cache", in_process=True) as library:
        library.sync()
        keys = {row[0] for row in library.index.connection.execute("SELECT key FROM articles")}
        assert keys == {"https://a.example/1", "https://web.example/a"}
        coverage = library.index.coverage(library.index.ids()[0])
        assert coverage is not None
        assert [article.key for article in coverage.event] == ["https://a.example/1"]


def test_a_second_file_of_an_article_is_shown_as_it_says_itself(
    tmp_path: Path, write_story: WriteStory, open_library: OpenLibrary
) -> None:
    """Outlets are counted by what the article is known as, which is what its first file says."""
    for name, title, hour in (("a", "Ice", "02"), ("b", "Thaw", "17")):
        write_story(
            tmp_path, f"{name}.md", title=title, published=f"2024-05-01T{hour}:05:00Z", provider=name.upper(),
            domain=f"{name}.example", url="https://a.example/1", related=[GLACIER],
        )  # fmt: skip
    library = open_library(tmp_path)
    for name, title, provider in (("a.md", "Ice", "A"), ("b.md", "Thaw", "B")):
        focus = coverage(library, name).focus
        row = library.index.rows([story(library, name)])[story(library, name)]
        assert (focus.title, focus.published, focus.provider) == (row.title, row.published, row.provider)
        assert (focus.story, focus.title, focus.provider) == (story(library, name), title, provider)
        assert focus.outlet == "a.example"
        sizes(library, name)
