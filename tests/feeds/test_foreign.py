"""Articles of other tools at the gate: in pieces that it takes, each told apart, in their order."""

from __future__ import annotations

import pytest

from reader.feeds.entries.feed import parse_feed
from reader.feeds.entries.process import FeedReader
from reader.feeds.errors import FeedParseError
from reader.feeds.model import ParsedFeed
from reader.feeds.saving import foreign
from reader.feeds.saving.foreign import SAYS_NOTHING, through_the_gate


class Gate(FeedReader):
    """The gate without its process; it refuses what says so."""

    def __init__(self) -> None:
        super().__init__()
        self.sizes: list[int] = []

    def read(self, data: bytes, url: str, content_type: str = "") -> ParsedFeed:
        self.sizes.append(len(data))
        if b"refused" in data:
            raise FeedParseError("refused")
        return parse_feed(data, url, content_type)


def test_pieces_are_small_and_what_is_refused_takes_nothing_with_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(foreign, "_PIECE_BYTES", 2_000)
    titles = [f"Title {number}" for number in range(70)]
    titles[13], titles[40], titles[41] = "refused", "", "\U0001f6a2" * 300
    gate = Gate()
    passed = list(through_the_gate(titles, lambda title: {"id": "same", "title": title}, "https://a.test/", gate))
    assert [one.article for one in passed] == titles
    assert [size for size in gate.sizes if size > 2_200] == [max(gate.sizes)], "what is too large for a piece is one"
    assert {one.reason for one in passed if one.entry is not None} == {""}
    assert [(one.article, one.reason) for one in passed if one.entry is None] == [
        ("refused", "refused"),
        ("", SAYS_NOTHING),
    ]
    assert all(one.entry.title == one.article for one in passed if one.entry is not None)
