"""The settings that feeds have, as the file says them."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.base.errors import ConfigError
from reader.settings.config import Config, Rule
from reader.settings.table import read


def configured(text: str) -> Config:
    return read(text, Path("config.toml"))


@pytest.mark.parametrize(
    ("written", "seconds"),
    [("never", 0), ("5m", 300), ("30m", 1_800), ("2h", 7_200), ("7d", 604_800), ("1w", 604_800), ("1 h", 3_600)],
)
def test_how_often_feeds_are_asked(written: str, seconds: int) -> None:
    assert configured(f'fetch_every = "{written}"').fetch_every == seconds
    assert configured("").fetch_every == 0


@pytest.mark.parametrize(
    "written", ['"4m"', '"8d"', '"1mo"', '"soon"', '""', "30", '"30"', "true", '"-30m"', '["30m"]']
)
def test_what_is_no_length_of_time_is_wrong(written: str) -> None:
    with pytest.raises(ConfigError, match=r'config\.toml:2: fetch_every must be "never", or a time from 5m to 7d'):
        configured(f"\nfetch_every = {written}")


def test_feeds_with_their_whole_texts() -> None:
    assert configured('full_text = ["post.test"]').full_text == ("post.test",)
    with pytest.raises(ConfigError, match=r"config\.toml:1: full_text must be a list of texts"):
        configured('full_text = "post.test"')


def test_rules_are_kept_in_their_order() -> None:
    rules = configured(
        """
        [[rules]]
        when = "provider:pr"
        then = "read"
        [[rules]]
        when = "topic:sea is:unread"
        then = ["star", "tag:Sea side"]
        run = ["notify-send", "{title}"]
        """
    ).rules
    assert rules == (
        Rule("provider:pr", ("read",)),
        Rule("topic:sea is:unread", ("star", "tag:Sea side"), ("notify-send", "{title}")),
    )
