"""Files of tools that save and read articles: every field of their default templates, and their oddities."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from stories.formats.conftest import Told


class Case(NamedTuple):
    """A file, by its path in the first line; what it is read as; and what lies beside it."""

    name: str
    text: str
    fields: dict[str, Any]
    others: dict[str, str] = {}


CLIPPER = "Obsidian Web Clipper"
CLIPPINGS = [
    Case(
        "default template",
        """Clippings/Ferries go electric.md
        ---
        title: "Ferries go electric"
        source: "https://www.harbour.test/ferries"
        author:
          - "[[Ada Quay]]"
          - "[[People/Ben Mole|Ben]]"
        published: 2024-03-04
        created: 2024-05-06
        description: "Three routes"
        tags:
          - "clippings"
          - "#ships"
        ---
        The board ==ordered three== ferries from [[Yards#North|the yard]]. ^a1
        ![[map.png]] %% mine %%

        ```
        a ==b== [[c]]
        ```
        """,
        {
            "format": CLIPPER, "title": "Ferries go electric", "when": "2024-03-04", "excerpt": "Three routes",
            "url": "https://www.harbour.test/ferries", "outlet": ("harbour.test", "harbour.test"),
            "authors": ["Ada Quay", "Ben"], "topics": ["clippings", "ships"], "extra": {"created": "2024-05-06"},
            "body": "The board **ordered three** ferries from the yard.\n*map.png* \n\n```\na ==b== [[c]]\n```",
        },
    ),
    Case(
        "without a day of publication",
        "Ferries.md\n---\nsource: https://a.test/b\npublished:\ncreated: 2024-05-06\nauthor: [[Ada Quay]]\n---\n",
        {
            "format": CLIPPER, "title": "Ferries", "when": "2024-05-06", "url": "https://a.test/b",
            "outlet": ("a.test", "a.test"), "authors": ["Ada Quay"], "extra": {"published": None},
        },
    ),
    Case(
        "a name of the outlet, and a link to a day",
        """a.md
        ---
        title: A
        source: https://a.test/b
        site: The Post
        published: "[[2024-03-04]]"
        clipped: 2024-05-06
        ---
        """,
        {
            "format": CLIPPER, "title": "A", "when": "2024-03-04", "url": "https://a.test/b",
            "outlet": ("The Post", "a.test"), "extra": {"clipped": "2024-05-06"},
        },
    ),
    Case(
        "an older clipper",
        """a.md
        ---
        category: "[[Clippings]]"
        title: A
        url: https://a.test/b
        source: browser-history
        clipped: 2024-05-06 16:03
        published: 2011 (a journal)
        topics:
        tags: [clippings]
        ---
        """,
        {
            "format": CLIPPER, "title": "A", "category": "Clippings", "url": "https://a.test/b",
            "outlet": ("browser-history", "a.test"), "topics": ["clippings"], "when": "2024-05-06T16:03:00+00:00",
            "extra": {"topics": None, "clipped": "2024-05-06 16:03"},
            "flaws": ["7: published: not a date: “2011 (a journal)”"],
        },
    ),
    Case("a note in a vault", "a.md\n---\ntags: [idea]\ncreated: 2024-05-06\n---\n", {}, {".obsidian/app.json": ""}),
    Case("a note without front matter", "a.md\n# A\n\nText.\n", {}),
    Case(
        "a story in a vault",
        "a.md\n---\ntitle: A\nlink: https://a.test/b\n---\n",
        {"title": "A", "url": "https://a.test/b", "outlet": ("a.test", "a.test")},
        {".obsidian/app.json": ""},
    ),
]  # fmt: skip

BULLETTY_FEED = (
    'title = "The Post"\ndescription = ""\nurl = "https://www.post.test/"\nfeed_url = "https://post.test/rss"\n'
)
BULLETTY = [
    Case(
        "article",
        """categories/Tech News/the-post/ferries.md
        ---
        title = "Ferries: now electric"
        description = "Three routes"
        date = "2024-03-04T05:06:07Z"
        url = "https://post.test/ferries"
        author = "Ada Quay"
        text = ""
        lastupdated = "2024-03-05T00:00:00.123456789Z"
        seen = true
        ---
        Text --- more.
        """,
        {
            "format": "bulletty", "title": "Ferries: now electric", "excerpt": "Three routes", "authors": ["Ada Quay"],
            "when": "2024-03-04T05:06:07+00:00", "url": "https://post.test/ferries",
            "outlet": ("The Post", "post.test"), "topics": ["Tech News"], "body": "Text --- more.",
            "extra": {"lastupdated": "2024-03-05T00:00:00.123456789Z", "seen": "true"},
        },
        {"categories/Tech News/the-post/.feed.toml": BULLETTY_FEED},
    ),
    Case(
        "what feeds have it write",
        r"""categories/Local/post/a.md
        ---
        title = '''
        Ferries
        '''
        description = '\_Three\_ routes'
        date = "2024-03-04T05:06:07Z"
        url = "/ferries/"
        author = "ada@post.test (Ada Quay)"
        lastupdated = "2024-03-05T00:00:00Z"
        seen = false
        ---
        """,
        {
            "format": "bulletty", "title": "Ferries", "excerpt": "_Three_ routes", "authors": ["Ada Quay"],
            "when": "2024-03-04T05:06:07+00:00", "url": "https://www.post.test/ferries/",
            "outlet": ("The Post", "post.test"), "topics": ["Local"],
            "extra": {"lastupdated": "2024-03-05T00:00:00Z", "seen": "false"},
        },
        {"categories/Local/post/.feed.toml": BULLETTY_FEED},
    ),
    Case(
        "an identifier that leads nowhere",
        'a.md\n---\ntitle = "A"\nurl = "tag:a.test,2024:b"\nseen = false\n---\n',
        {"format": "bulletty", "title": "A", "extra": {"seen": "false", "guid": "tag:a.test,2024:b"}},
    ),
    Case(
        "what it writes for nothing",
        'a.md\n---\ntitle = "A"\ndate = "1990-09-19T00:00:00Z"\nurl = "NOURL"\nseen = false\n---\n',
        {"format": "bulletty", "title": "A", "extra": {"seen": "false"}},
        {".feed.toml": "not TOML"},
    ),
]  # fmt: skip

OMNIVORE = [
    Case(
        "default template",
        """Omnivore/2024-05-06/Ferries.md
        ---
        id: 0a1b2c
        ---

        # Ferries go electric
        #Omnivore

        [Read on Omnivore](https://omnivore.app/me/ferries)
        [Read Original](https://a.test/b)

        ## Highlights

        > Three routes [⤴](https://omnivore.app/me/ferries#1)  ^0a1b2c3d
        """,
        {
            "format": "Omnivore", "title": "Ferries go electric", "url": "https://a.test/b",
            "outlet": ("a.test", "a.test"),
            "extra": {"id": "0a1b2c"}, "body": "## Highlights\n\n> Three routes [⤴](https://omnivore.app/me/ferries#1)",
        },
    ),
    Case(
        "with what can be chosen",
        """a.md
        ---
        id: 0a1b2c
        title: Ferries
        author: Ada Quay
        labels: [ships]
        tags: ["#far_away"]
        site_name: The Post
        original_url: https://a.test/b
        date_saved: 2024-05-06 07:08:09
        date_published: 2024-03-04 05:06:07
        description: Three routes
        ---
        Text.
        """,
        {
            "format": "Omnivore", "title": "Ferries", "authors": ["Ada Quay"], "topics": ["ships", "far_away"],
            "outlet": ("The Post", "a.test"), "url": "https://a.test/b", "when": "2024-03-04T05:06:07+00:00",
            "excerpt": "Three routes", "body": "Text.", "extra": {"id": "0a1b2c", "date_saved": "2024-05-06 07:08:09"},
        },
    ),
]  # fmt: skip

READWISE = [
    Case(
        "article",
        """Readwise/Articles/Ferries.md
        # Ferries Go Electric

        ![rw-book-cover](https://a.test/c.png)

        ## Metadata
        - Author: [[Ada Quay]]
        - Full Title: Ferries go electric: three routes
        - Category: #articles
        - Document Tags: [[ships]] #power
        - Summary: Three routes.
        - Published Date: 2024-03-04
        - URL: https://a.test/b

        ## Highlights
        - The board [[ordered]] three.
        """,
        {
            "format": "Readwise", "title": "Ferries go electric: three routes", "authors": ["Ada Quay"],
            "category": "articles", "topics": ["ships", "power"], "excerpt": "Three routes.", "when": "2024-03-04",
            "url": "https://a.test/b", "outlet": ("a.test", "a.test"), "images": ["https://a.test/c.png"],
            "body": "## Highlights\n- The board ordered three.",
        },
    ),
    Case(
        "lines right below the headline",
        "a.md\n# A\n- Author: Ada Quay, Ben Mole\n- URL: [a.test](https://a.test/b)\n",
        {
            "format": "Readwise", "title": "A", "authors": ["Ada Quay", "Ben Mole"], "url": "https://a.test/b",
            "outlet": ("a.test", "a.test"),
        },
    ),
    Case(
        "no headline, several lines, names and notes",
        """a.md
        ![rw-book-cover](https://a.test/c.png)

        ### Metadata

        - Author: [[Ada Quay, Ben Mole]]
        - Full Title: Ferries
        - Category: #articles
        - Document Note: Mine.
        - Summary: Three routes.
        By spring.
        - URL: https://a.test/b?c=(1)

        ### Full Document
        Text.
        """,
        {
            "format": "Readwise", "title": "Ferries", "authors": ["Ada Quay", "Ben Mole"], "category": "articles",
            "excerpt": "Three routes.\nBy spring.", "url": "https://a.test/b?c=(1", "outlet": ("a.test", "a.test"),
            "images": ["https://a.test/c.png"], "body": "### Full Document\nText.",
        },
    ),
    Case(
        "with front matter",
        """a.md
        ---
        source: readwise
        created: 2024-05-06
        tags: [skills]
        author: [[Ben Mole]]
        ---
        # Ferries

        ## Metadata
        - Author: [[Ada Quay]]
        - Full Title: Ferries: three
        - URL: https://a.test/b
        """,
        {
            "format": "Readwise", "title": "Ferries: three", "authors": ["Ben Mole"], "topics": ["skills"],
            "url": "https://a.test/b", "outlet": ("readwise", "a.test"), "when": "2024-05-06",
        },
    ),
    Case("a book", "a.md\n# A\n\n## Metadata\n- Author: [[Ada Quay]]\n- URL: none\n", {}),
]  # fmt: skip

MINIFLUX = [
    Case(
        "article",
        """Tech/The Post/a.md
        ---
        title: "Ferries"
        author: "Ada Quay"
        feed: "The Post"
        category: "Tech"
        url: "https://a.test/b"
        published_at: "2024-03-04T05:06:07Z"
        created_at: "2024-03-05T00:00:00Z"
        status: "read"
        starred: true
        reading_time: 3
        entry_id: 12
        feed_id: 3
        ---

        Text.
        """,
        {
            "format": "Miniflux exporter", "title": "Ferries", "authors": ["Ada Quay"], "topics": ["Tech"],
            "category": "Tech", "outlet": ("The Post", "a.test"), "url": "https://a.test/b", "body": "Text.",
            "when": "2024-03-04T05:06:07+00:00",
            "extra": {
                "feed": "The Post", "created_at": "2024-03-05T00:00:00Z", "status": "read", "starred": "true",
                "reading_time": "3", "entry_id": "12", "feed_id": "3",
            },
        },
    ),
]  # fmt: skip

CASES = [
    pytest.param(case, id=f"{tool}: {case.name}")
    for tool, cases in (
        ("clippings", CLIPPINGS),
        ("bulletty", BULLETTY),
        ("Omnivore", OMNIVORE),
        ("Readwise", READWISE),
        ("Miniflux", MINIFLUX),
    )
    for case in cases
]


@pytest.mark.parametrize("case", CASES)
def test_every_field_of_an_article(case: Case, told: Told) -> None:
    assert told(case.text, case.others) == case.fields
