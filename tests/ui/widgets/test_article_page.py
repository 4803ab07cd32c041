"""The page of an article of a coverage: where it stands, and which key leads to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from reader.base.wording import as_title
from reader.coverage.model import CoverageArticle, Relation
from reader.coverage.reasons import Basis, Reason
from reader.stories.model import Image
from reader.ui.widgets.story.article_page import article_page

WHEN = datetime(2020, 2, 20, 14, 49, tzinfo=UTC)
WEB = "https://post.example/1"


@pytest.mark.parametrize(
    ("article", "standing"),
    [
        (CoverageArticle("k", "T", url=WEB), "↗ on the web only · Enter opens it in the browser"),
        (CoverageArticle("k", "T", url=WEB, story=7), "⌂ in your library · Enter goes to it"),
        (CoverageArticle("k", "T"), "only named by your files, without a link"),
    ],
)
def test_it_says_where_the_article_stands(article: CoverageArticle, standing: str) -> None:
    assert article_page(article, (), {}).standing == standing


def test_the_key_is_the_one_in_force() -> None:
    page = article_page(CoverageArticle("k", "T", url=WEB), (), {"coverage.choose": "ctrl+j"})
    assert page.standing == "↗ on the web only · ctrl+j opens it in the browser"


def test_it_has_all_that_is_known_of_the_article() -> None:
    article = CoverageArticle("k", "Harbour", "Two sentences.", "Post", "post.example", WHEN, 38, "video", WEB)
    image = Image("https://post.example/1.jpg")
    page = article_page(article, (image,), {})
    text = page.text
    told = (text.title, text.excerpt, text.provider, text.published, text.quality, text.type, text.url)
    assert told == ("Harbour", "Two sentences.", "Post", WHEN, 38, "video", WEB)
    assert page.images == (image,)
    assert article_page(CoverageArticle("k", "T", outlet="post.example"), (), {}).text.provider == "post.example"


def test_it_tells_why_the_article_is_on_the_event() -> None:
    reason = Reason(Basis.WORDS, "The Post", timedelta(hours=3), names=("Oxford Circus",))
    page = article_page(CoverageArticle("k", "T", url=WEB, reason=reason, relation=Relation.EVENT), (), {})
    assert page.why == as_title(str(reason))
    assert "Oxford Circus" in page.why
