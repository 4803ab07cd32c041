"""Tags in a line, and back."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialog_app import Mini
from reader.base.text import clean, clean_typed
from reader.ui.dialogs.story.tags import TagsDialog, TagSuggester, tag_line, tags_in

TAGS = ("Berlin, Germany", "sea", '5" gun', '"so-called"')


@pytest.mark.parametrize(
    ("line", "tags"),
    [
        (" a,,b , a", ("a", "b")),
        ('"Berlin, Germany" , sea', ("Berlin, Germany", "sea")),
        ('sea, "Berlin, Ger', ("sea", "Berlin, Ger")),
        ('5" gun, 6" gun', ('5" gun', '6" gun')),
        ('"a" b, c', ('"a" b', "c")),
        ('"""so-called"""', ('"so-called"',)),
        ('"", " ", ,', ()),
        ("", ()),
    ],
)
def test_the_tags_of_a_line(line: str, tags: tuple[str, ...]) -> None:
    assert tags_in(line) == tags


@given(st.lists(st.text(st.sampled_from('ab ,"\u0301\u00a0') | st.characters()).map(clean).filter(bool), unique=True))
@example(list(TAGS))
def test_tags_are_read_as_they_were_written(tags: list[str]) -> None:
    assert tags_in(clean_typed(tag_line(tags))) == tuple(tags)


async def test_tags_with_commas_are_suggested_in_quotes() -> None:
    suggester = TagSuggester(TAGS)
    for line, whole in (
        ('"Ber', '"Berlin, Germany"'),
        ('sea, "Berlin, ', 'sea, "Berlin, Germany"'),
        ('"Berlin, Germany", s', '"Berlin, Germany", sea'),
        ('"Berlin, Germany", "B', None),
        ('"Berlin, Germany"', None),
    ):
        assert await suggester.get_suggestion(line) == whole


async def test_kept_as_they_are_tags_stay_the_same() -> None:
    app = Mini(TagsDialog(TAGS, TAGS))
    async with app.run_test(size=(80, 20)) as pilot:
        await pilot.pause()
        assert 'in use: "Berlin, Germany", sea, 5" gun' in app.text
        await pilot.press("enter")
        assert app.result == TAGS
