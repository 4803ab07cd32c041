"""Story files put together of pieces that need not fit."""

from __future__ import annotations

from hypothesis import strategies as st

HEAD_LINES = st.sampled_from(
    [
        "title: A\n",
        'title: "B: \\u00e9"\n',
        "title: 'it''s'\n",
        "title: |\n  one\n\n  two\n",
        "title: >-\n  one\n  two\n",
        'title: "one\n  two"\n',
        'title: "one\n  related: two"\n',
        'title: "one\nrelated:\n  - two"\n',
        "title: été 中文 😀\n",
        "title: one\n  two\n",
        "excerpt: |+\n  one\n\n\n",
        "excerpt: |\n  related:\n    - x\n",
        "excerpt: >\n  secured: x\n",
        "excerpt: 'a\n\n  b'\n",
        "publishedDateTime: 2020-02-20T10:00:00Z\n",
        "publishedDateTime: never\n",
        "webUrl: https://a.test/0\n",
        "webUrl: javascript:x\n",
        "type: video\n",
        "quality: 12\n",
        "quality: many\n",
        "provider: {name: P, domain: a.test}\n",
        "provider: &p\n  name: P\n  domain: a.test\n",
        "provider: *p\n",
        "topics: [Red, 'Blue']\n",
        "topics:\n  - Red\n  - Blue\n",
        "topics:\n- Red\n- Blue\n",
        "topics: [Red,\n  Blue]\n",
        "images:\n  - url: /a.jpg\n    width: 3\n",
        "# note\n",
        "  # note\n",
        "#related:\n",
        "\n",
        "   \n",
        "heat: 3\n",
        "published: true\n",
        "x: &a 1\n",
        "y: *a\n",
        "z: 2 * 3\n",
        "<<: {heat: 4}\n",
        "Title: C\n",
        "title:\n",
        "x: 'a*b'\n",
    ]
)
ENTRY_PARTS = st.sampled_from(
    [
        "title: B",
        "title: 'it''s'",
        'title: "C: d"',
        'title: "one\n      two"',
        'title: "one\n  - two"',
        "title: 'a\n\n  b'",
        "title: |\n      one\n      two",
        "title: >\n      one\n\n      two",
        "excerpt: |+\n      one\n",
        "excerpt: |-\n      - x",
        "excerpt: |\n      related:\n        - x",
        "excerpt: one\n      two",
        "excerpt: été 中文 😀",
        "title: [a,\n  - b]",
        "webUrl: https://a.test/2",
        "webUrl: https://b.test/3",
        "webUrl: nowhere",
        "publishedDateTime: 2020-02-20",
        "publishedDateTime: never",
        "quality: 3",
        "quality: x",
        "provider: {name: Q}",
        "provider:\n      name: Q",
        "provider: &q\n      name: Q",
        "provider: *q",
        "topics:\n      - Red\n      - Blue",
        "topics:\n    - Red",
        "# note",
        "images:\n      - url: /b.jpg",
        "title: D # note",
        "title: E",
        "note: &n x",
        "other: *n",
        "<<: {heat: 4}",
        "",
        "related:\n      - x",
        "secured: x",
        "key: |\n      a\n\n      b\n",
    ]
)
ODD_ENTRIES = st.sampled_from(
    [
        "  - just text\n",
        "  -\n",
        "  - [a, b]\n",
        "  -   title: F\n      webUrl: https://f.test\n",
        "  # note\n",
        "\n",
        "# note\n",
        "  - {title: G, webUrl: https://g.test}\n",
        "   - title: H\n",
        "- title: I\n  webUrl: https://i.test\n",
        "  text\n",
        "    - title: J\n",
        "  - - title: K\n",
        "  - ~\n",
        "  - &e\n    title: L\n    webUrl: https://l.test\n",
        "  - *e\n",
        "  - ? title\n    : M\n",
        "  - !t\n    title: N\n    webUrl: https://n.test\n",
        "  - |\n    text\n",
        "   \n",
    ]
)
TAILS = st.sampled_from(
    [
        "",
        'secured: "QUJD"\n',
        "secured: QUJD\n",
        "secured: 'QUJD'\n",
        'secured: ""\n',
        "secured: |\n  QUJD\n",
        "secured:\n",
        'secured: "QUJD" # note\n',
        'secured: "QU\\x4aD"\n',
        'secured: "QUJD"\nheat: 2\n',
        'secured: "QU\n  JD"\n',
        "heat: 5\n",
        "title: Late\n",
        "Related:\n  - title: Z\n    webUrl: https://z.test\n",
        "# end\n",
        "related: []\n",
        "related:\n  - title: Z\n    webUrl: https://z.test\n",
        '"related": x\n',
        "RELATED: x\n",
        "Secured: x\n",
        "x: *a\n",
        "\n",
        "topics: [Late]\n",
        "quality: y\n",
        "related: [\n",
        "? heat\n: 2\n",
        "provider: *p\n",
        "key: 'a\n",
        "note: *q\n",
    ]
)
OPENINGS = st.sampled_from(
    ["related:\n"] * 6
    + [
        "related: \n",
        "related: # note\n",
        "related:\n\n",
        "Related:\n",
        '"related":\n',
        "related :\n",
        "",
        "related: &r\n",
        "related:\n  # note\n",
        "related: []\n",
        "related: text\n",
        "related:\t\n",
        "relatedly: 1\nrelated:\n",
    ]
)
BODIES = st.sampled_from(["", "\nBody.\n", "\n# Heading\n\nrelated:\n  - x\n", "\n---\nmore\n", "\nété\u200b\n"])


@st.composite
def entries(draw: st.DrawFn) -> str:
    """An entry of `related:`, as a rule one that is read in pieces."""
    if not draw(st.integers(0, 5)):
        return draw(ODD_ENTRIES)
    parts = draw(st.lists(ENTRY_PARTS, max_size=3))
    parts.insert(draw(st.integers(0, len(parts))), f"webUrl: https://a.test/{draw(st.integers(0, 3))}")
    return "  - " + "\n    ".join(parts) + "\n"


@st.composite
def files(draw: st.DrawFn, tails: st.SearchStrategy[str] = TAILS) -> bytes:
    """A story file of the format, put together of pieces that need not fit."""
    head = draw(st.lists(HEAD_LINES, max_size=5))
    related = draw(OPENINGS) + "".join(draw(st.lists(entries(), max_size=4)))
    tail = "".join(draw(st.lists(tails, max_size=2)))
    text = f"---\n{''.join(head)}{related}{tail}---\n{draw(BODIES)}"
    ends = draw(st.sampled_from(["\n"] * 8 + ["\r\n"]))
    return text.replace("\n", ends).encode()
