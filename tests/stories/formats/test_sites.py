"""Pages of static sites: every field that their tools' documentation names, and their oddities."""

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


HUGO = [
    Case(
        "toml",
        """content/posts/harbour.md
        +++
        title = 'Ferries'
        date = 2024-02-02T04:14:54-08:00
        publishDate = 2024-02-03T00:00:00Z
        lastmod = 2024-03-01
        draft = false
        description = "Three routes"
        tags = ["Ships", "Power"]
        categories = ["Local"]
        weight = 10
        [params]
          author = 'Ada Quay'
        +++
        Text.
        """,
        {
            "format": "Hugo", "title": "Ferries", "when": "2024-02-03T00:00:00+00:00", "excerpt": "Three routes",
            "topics": ["Ships", "Power", "Local"], "authors": ["Ada Quay"], "body": "Text.",
            "extra": {"date": "2024-02-02T04:14:54-08:00", "lastmod": "2024-03-01", "draft": "false", "weight": "10"},
        },
    ),
    Case(
        "json",
        """content/a.md
        {
          "title": "Smile \\ud83d\\ude00",
          "date": "2024-02-02",
          "taxonomies": {"topics": ["Ships"], "places": ["Hull"]},
          "cover": {"image": "/a.jpg", "alt": "A ship"},
          "build": {"list": "always"},
          "weight": 10
        }

        Text.
        """,
        {
            "format": "Hugo", "title": "Smile 😀", "when": "2024-02-02", "topics": ["Ships", "Hull"],
            "images": ["/a.jpg"], "body": "Text.", "extra": {"build": {"list": "always"}, "weight": "10"},
        },
    ),
    Case(
        "yaml in a folder of its own",
        """content/posts/ferries-go-electric/index.en.md
        ---
        lastmod: 2024-03-01
        authors:
          - name: Ada Quay
            link: /ada
        keywords: [Ships]
        url: /old/place/
        externalUrl: https://wire.test/a
        ---
        Text.
        """,
        {
            "format": "Hugo", "title": "Ferries Go Electric", "when": "2024-03-01", "topics": ["Ships"],
            "authors": ["Ada Quay"], "url": "https://wire.test/a", "outlet": ("wire.test", "wire.test"),
            "extra": {"lastmod": "2024-03-01", "keywords": ["Ships"], "permalink": "/old/place/"}, "body": "Text.",
        },
    ),
    Case("no front matter", "README.md\n# Site\n", {}, {"hugo.toml": ""}),
    Case(
        "cut off in lists",
        "a.md\n+++\ntitle='A'\n+++\nOne.\n\n<!--more-->\n\nTwo <!-- more --> three.\n",
        {"format": "Hugo", "title": "A", "body": "One.\n\n\nTwo\nthree."},
    ),
    Case(
        "told by its site alone",
        """content/a.md
        ---
        title: A
        date: 2024-03-01
        tags: [b]
        categories: [c]
        ---
        """,
        {"format": "Hugo", "title": "A", "when": "2024-03-01", "topics": ["b", "c"]},
        {"hugo.toml": "title = 'Site'"},
    ),
    Case(
        "posts of a site of Hugo in a folder that Jekyll would have",
        "content/en/_posts/2015-04-03-latte.md\n---\ntitle: A\ndate: 2015-04-06\nurl: /:year/:slug/\n---\n",
        {"format": "Hugo", "title": "A", "when": "2015-04-06", "extra": {"permalink": "/:year/:slug/"}},
        {"hugo.toml": ""},
    ),
    Case("draft", "a.md\n+++\ntitle='A'\ndraft=true\n+++\n", {"passed over": "a draft"}),
    Case("draft in YAML", "content/posts/a.md\n---\ntitle: A\ndraft: true\n---\n", {"passed over": "a draft"}),
    Case(
        "expired",
        "a.md\n+++\ntitle='A'\nexpiryDate=2001-02-03T04:05:06Z\n+++\n",
        {"passed over": "it expired on 2001-02-03"},
    ),
    Case(
        "not expired",
        "a.md\n+++\ntitle='A'\nexpiryDate=3001-02-03\n+++\n",
        {"format": "Hugo", "title": "A", "extra": {"expiryDate": "3001-02-03"}},
    ),
    Case(
        "section",
        "content/posts/_index.md\n---\ntitle: Posts\n---\n",
        {"passed over": "the page of a section, with the list of its pages"},
    ),
    Case(
        "archetype",
        "archetypes/default.md\n+++\ntitle = '{{ .Name }}'\n+++\n",
        {"passed over": "a template for new pages"},
    ),
    Case(
        "headless",
        "content/a/index.md\n---\ntitle: A\nheadless: true\n---\n",
        {"passed over": "a page that is in no list of its site"},
    ),
    Case(
        "settings", "hugo.yaml\ntitle: Site\nbaseURL: https://a.test\n",
        {"passed over": "the configuration or the data of a site"},
    ),
]  # fmt: skip

ZOLA = [
    Case(
        "page",
        """content/blog/a.md
        +++
        title = "Ferries"
        description = "Three routes"
        date = 2021-03-04
        updated = 2021-03-05
        authors = ["Ada Quay", "Ben Mole"]

        [taxonomies]
        tags = ["Ships", "Power"]
        categories = ["Local"]

        [extra]
        image = "/a.jpg"
        link_to = "https://wire.test/a"
        +++
        Text.
        """,
        {
            "format": "Zola", "title": "Ferries", "excerpt": "Three routes", "when": "2021-03-04",
            "topics": ["Ships", "Power", "Local"], "authors": ["Ada Quay", "Ben Mole"], "images": ["/a.jpg"],
            "url": "https://wire.test/a", "outlet": ("wire.test", "wire.test"), "body": "Text.",
            "extra": {"updated": "2021-03-05", "extra": {"image": "/a.jpg", "link_to": "https://wire.test/a"}},
        },
    ),
    Case(
        "day in its address, authors as tables",
        """content/a.md
        +++
        # As the template has it.
        path = "2024/02/28/ferries.html"
        title = 'Ferries `go`'
        [extra]
        author = {name = "Ada Quay", url = "https://ada.test"}
        tags = ["Ships"]
        +++
        """,
        {
            "format": "Zola", "title": "Ferries `go`", "when": "2024-02-28", "authors": ["Ada Quay"],
            "topics": ["Ships"], "extra": {
                "path": "2024/02/28/ferries.html",
                "extra": {"author": {"name": "Ada Quay", "url": "https://ada.test"}, "tags": ["Ships"]},
            },
        },
    ),
    Case(
        "day in the name of the folder",
        "content/blog/2021-03-04-ferries-go/index.md\n+++\nupdated = 2022-01-01\n[extra]\n+++\n",
        {
            "format": "Zola", "title": "Ferries Go", "when": "2021-03-04",
            "extra": {"updated": "2022-01-01", "extra": {}},
        },
    ),
    Case(
        "told by its site alone",
        "content/a.md\n+++\ntitle='A'\ndate=2021-03-04\n+++\n",
        {"format": "Zola", "title": "A", "when": "2021-03-04"},
        {"templates/base.html": ""},
    ),
    Case("draft", "a.md\n+++\ntitle='A'\ndraft=true\n[extra]\n+++\n", {"passed over": "a draft"}),
    Case(
        "section", "content/_index.md\n+++\nsort_by='date'\n[extra]\n+++\n",
        {"passed over": "the page of a section, with the list of its pages"},
    ),
]  # fmt: skip

JEKYLL = [
    Case(
        "post",
        """news/sea/_posts/2020-03-04-ferries-go.md
        ---
        layout: post
        tags: ships power
        categories: local "far away"
        author: Ada Quay
        image:
          path: /a.jpg
          alt: A ship
        permalink: /2020/ferries/
        last_modified_at: 2020-04-01
        ---
        Text.
        """,
        {
            "format": "Jekyll", "title": "Ferries Go", "when": "2020-03-04", "authors": ["Ada Quay"],
            "topics": ["ships", "power", "local", '"far', 'away"', "news", "sea"], "images": ["/a.jpg"],
            "body": "Text.",
            "extra": {"layout": "post", "permalink": "/2020/ferries/", "last_modified_at": "2020-04-01"},
        },
        {"_config.yml": "title: Site"},
    ),
    Case(
        "what the front matter says comes first",
        """_posts/2020-3-4-ferries.markdown
        ---
        title: Ferries
        date: 2020-03-05 10:11:12 +0100
        tags: [far away, power]
        tag: one label
        category: Local News
        link: https://wire.test/a
        ---
        """,
        {
            "format": "Jekyll", "title": "Ferries", "when": "2020-03-05T10:11:12+01:00", "category": "Local News",
            "topics": ["far away", "power", "one label", "Local News"],
            "url": "https://wire.test/a", "outlet": ("wire.test", "wire.test"),
        },
    ),
    Case("no day", "_posts/2020-02-31-a.md\n---\ntitle: A\ntags: b c\n---\n", {
        "format": "Jekyll", "title": "A", "topics": ["b c"],
    }),
    Case("no front matter", "README.md\n# Site\n", {}, {"_config.yml": ""}),
    Case("draft", "_drafts/a.md\n---\ntitle: A\n---\n", {"passed over": "a draft"}),
    Case(
        "not published",
        "_posts/2020-03-04-a.md\n---\npublished: false\n---\n",
        {"passed over": "not published: it says published: false"},
    ),
    Case(
        "data", "_data/people.yml\ntitle: A\n", {"passed over": "the configuration or the data of a site"},
        {"_config.yml": ""},
    ),
]  # fmt: skip

ELEVENTY = [
    Case(
        "words for a date",
        """blog/2021-02-03-ferries.md
        ---
        title: Ferries
        date: git Created
        tags: [posts, ships, far away]
        ---
        Text.
        """,
        {
            "format": "Eleventy", "title": "Ferries", "when": "2021-02-03", "topics": ["ships", "far away"],
            "body": "Text.",
        },
    ),
    Case(
        "no headline",
        "src/blog/2021-02-03-ferries-go.md\n---\nnewstitle: Else\neleventyNavigation: {parent: Blog}\n---\n",
        {
            "format": "Eleventy", "title": "Ferries Go", "when": "2021-02-03",
            "extra": {"newstitle": "Else", "eleventyNavigation": {"parent": "Blog"}},
        },
    ),
    Case(
        "day of a folder",
        "blog/2021-02-03-ferries/index.md\n---\ntitle: A\ntags: far away\n---\n",
        {"format": "Eleventy", "title": "A", "when": "2021-02-03", "topics": ["far away"]},
        {"eleventy.config.js": ""},
    ),
    Case(
        "a date comes first",
        "2021-02-03-a.md\n---\ntitle: A\ndate: 2021-02-04\ntags: post\neleventyNavigation: {key: A}\n---\n",
        {"format": "Eleventy", "title": "A", "when": "2021-02-04", "extra": {"eleventyNavigation": {"key": "A"}}},
    ),
    Case(
        "known to git alone",
        "a.md\n---\ntitle: A\ndate: git Last Modified\n---\n",
        {"format": "Eleventy", "title": "A"},
    ),
    Case(
        "in no list",
        "a.md\n---\ntitle: A\neleventyExcludeFromCollections: true\n---\n",
        {"passed over": "a page that is in no list of its site"},
    ),
    Case(
        "not written", "a.md\n---\ntitle: A\npermalink: false\n---\n",
        {"passed over": "a page that is in no list of its site"}, {".eleventy.js": ""},
    ),
]  # fmt: skip

ANYONES = [
    Case("day in the name", "2021-02-03 a.md\n---\ntitle: A\n---\n", {"title": "A", "when": "2021-02-03"}),
    Case("any date comes first", "2021-02-03-a.md\n---\ntitle: A\nupdated: x\n---\n", {
        "title": "A", "extra": {"updated": "x"},
    }),
    Case("the program's own", "_drafts/a.md\n---\ntitle: A\ndraft: true\npublishedDateTime: 2021-02-03\n---\n", {
        "title": "A", "when": "2021-02-03", "extra": {"draft": "true"},
    }),
]  # fmt: skip

CASES = [
    pytest.param(case, id=f"{tool}: {case.name}")
    for tool, cases in (("Hugo", HUGO), ("Zola", ZOLA), ("Jekyll", JEKYLL), ("Eleventy", ELEVENTY), ("any", ANYONES))
    for case in cases
]


@pytest.mark.parametrize("case", CASES)
def test_every_field_of_a_page(case: Case, told: Told) -> None:
    assert told(case.text, case.others) == case.fields


def test_a_page_that_says_it_has_the_time_of_its_file_has_that(told: Told) -> None:
    assert told("a.md\n---\ntitle: A\ndate: Last Modified\n---\n", {})["when"].startswith("2")
