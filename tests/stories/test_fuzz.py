"""Whatever the bytes, reading a file ends with a story, with none, or with an error that says why."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from reader.stories.errors import StoryError
from reader.stories.files import parse_story
from reader.stories.model import Story

PATHS = st.sampled_from([Path("a.md"), Path("b.yaml")])
HEADER = b"""---
category: news
title: "Night trains return: sleepers to four cities"
excerpt: |
  Two lines
  of text.
publishedDateTime: 2020-02-20T10:00:00Z
webUrl: "https://news.test/trains"
type: article
quality: 12
provider: &p {name: Rail Post, domain: news.test}
topics: [Rail, 'Night']
images:
  - url: /a.jpg
    width: 3
related:
  - title: Sleepers
    webUrl: https://wire.test/sleepers
    provider: *p
    <<: {heat: -1}
secured: "QUJD"
---
Body.
"""
PIECES = st.sampled_from(
    [b"---\n", b"...\n", b"title", b"related", b"images", b"provider", b"topics", b"webUrl", b"date", b"quality",
     b": ", b":", b"- ", b"? ", b"[", b"]", b"{", b"}", b", ", b"\n", b"\n  ", b"&a ", b"*a", b"<<: ", b"!!binary ",
     b"!x ", b"|", b">", b"'", b'"', b"#", b"%", b"@", b"~", b"null", b"1e9", b"2020-02-20", b"http://[",
     b"https://a.test/", b"\x1b", b"\xff", b"\x00", b"\xe2\x80\xa8", b"\t", b"\r", b" ", b"\xef\xbb\xbf", b"=", b"\\"]
)  # fmt: skip


def reads(data: bytes, path: Path) -> None:
    """Read the bytes; fails by any exception but the one that is promised."""
    story: Story | StoryError | None
    try:
        story = parse_story(data, path)
    except StoryError as error:
        story = error
    if isinstance(story, StoryError):
        assert story.reason
        assert "\n" not in story.reason
        assert 0 <= story.line <= data.count(b"\n") + data.count(b"\r") + 2
    elif story is not None:
        assert story.title
        assert story.key
        assert all(article.title for article in story.related)


@given(st.binary(max_size=300), PATHS)
def test_any_bytes_are_read_or_refused(data: bytes, path: Path) -> None:
    reads(data, path)


@given(st.lists(PIECES, max_size=40).map(b"".join), PATHS)
def test_any_bytes_after_a_fence_are_read_or_refused(data: bytes, path: Path) -> None:
    reads(b"---\n" + data + b"\n---\n", path)


@examples(120)
@given(
    st.lists(st.tuples(st.integers(0, len(HEADER)), st.integers(0, 8), PIECES | st.binary(max_size=3)), max_size=6),
    PATHS,
)
def test_a_header_with_changed_bytes(changes: list[tuple[int, int, bytes]], path: Path) -> None:
    data = HEADER
    for place, length, piece in changes:
        data = data[:place] + piece + data[place + length :]
    reads(data, path)
