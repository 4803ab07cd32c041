"""Reading front matter in pieces gives what reading it whole gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from examples import examples
from reader.stories.errors import StoryError
from reader.stories.files import parse_head, parse_rest, parse_story
from reader.stories.frontmatter import split
from reader.stories.limits import DEFAULT_LIMITS, Limits
from reader.stories.model import Story
from reader.stories.sections import HEAD_BYTES, EntryMemory, cut, head_of

FILE = Path("a-file.md")
CHUNKS = 8
ENTRY = "  - title: A\n    webUrl: https://a.test/1\n"

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


def read(data: bytes, memory: EntryMemory | None = None, limits: Limits = DEFAULT_LIMITS) -> object:
    """What a file is read as; an error by what a person sees of it."""
    try:
        return parse_story(data, FILE, limits, memory)
    except StoryError as error:
        return error.line, error.reason


def front(text: str) -> bytes:
    return f"---\n{text}---\n".encode()


@examples(250)
@given(files())
def test_in_pieces_as_whole(data: bytes) -> None:
    assert read(data, EntryMemory()) == read(data)


@examples(100)
@given(st.lists(files(), min_size=2, max_size=5), st.sampled_from([1, 3, 20_000]))
def test_a_memory_of_several_files_changes_nothing(several: list[bytes], most: int) -> None:
    memory = EntryMemory(most)
    assert [read(data, memory) for data in several * 2] == [read(data) for data in several * 2]


SEALS = st.sampled_from(["", 'secured: "QUJD"\n', "secured: QUJD\n", "secured: |\n  QUJD\n", 'secured: ""\n'])


@examples(180)
@given(files(SEALS))
def test_the_head_tells_what_the_list_shows(data: bytes) -> None:
    head, whole = parse_head(data[:HEAD_BYTES], FILE), read(data)
    if head is not None and isinstance(whole, Story):
        assert listed(head) == listed(whole)


def listed(story: Story) -> tuple[object, ...]:
    """What the list shows of a story."""
    told = (story.title, story.excerpt, story.published, story.published_text, story.provider, story.links)
    return (*told, story.topics, story.quality, story.type)


@examples(180)
@given(files())
def test_head_and_rest_are_the_whole(data: bytes) -> None:
    head, rest = parse_head(data[:HEAD_BYTES], FILE), parse_rest(data, DEFAULT_LIMITS, EntryMemory())
    if head is not None and rest is not None:
        whole = read(data)
        assert isinstance(whole, Story)
        assert rest == (whole.body, whole.related)
        assert listed(head) == listed(whole)
        assert head.flaws == whole.flaws


@pytest.mark.parametrize(
    "text",
    [
        f"title: A\nrelated:\n{ENTRY}",
        f'title: A\nrelated:\n{ENTRY}{ENTRY}secured: "QUJD"\n',
        'title: A\nsecured: "QUJD"\n',
        f"title: A\nexcerpt: |\n  related:\n    - x\nrelated:\n{ENTRY}",
    ],
)
def test_what_is_usual_is_read_in_pieces(text: str) -> None:
    parts = split(front(text).decode())
    assert parts is not None
    assert cut(parts, DEFAULT_LIMITS) is not None
    assert parse_head(front(text), FILE) is not None
    rest = parse_rest(front(text), DEFAULT_LIMITS, EntryMemory())
    assert rest is not None
    assert len(rest[1]) == text.count(ENTRY)


@pytest.mark.parametrize(
    "data",
    [
        b"title: A\nrelated:\n",
        b"---\ntitle: A\n",
        b"---\ntitle: A\n---\nrelated:\n",
        b"---\ntitle: A\n...\nrelated:\n",
        b"\n---\ntitle: A\nrelated:\n",
        b"---\r\ntitle: A\r\nrelated:\r\n",
        b"",
    ],
)
def test_a_head_that_cannot_be_told(data: bytes) -> None:
    assert head_of(data) is None
    assert parse_head(data, FILE) is None


def test_a_head_ends_within_the_bytes_that_are_read() -> None:
    data = f"---\ntitle: {'A' * HEAD_BYTES}\nrelated:\n{ENTRY}---\n".encode()
    assert parse_head(data[:HEAD_BYTES], FILE) is None
    assert parse_rest(data, DEFAULT_LIMITS, EntryMemory()) is None
    assert read(data, EntryMemory()) == read(data)


@pytest.mark.parametrize("tail", ["heat: 5\n", "Secured: x\n", "title: B\n", "Related: []\n"])
def test_a_rest_that_is_more_than_coverage_is_none(tail: str) -> None:
    data = front(f"title: A\nrelated:\n{ENTRY}{tail}")
    assert parse_rest(data, DEFAULT_LIMITS, EntryMemory()) is None
    assert read(data, EntryMemory()) == read(data)


def test_a_full_memory_begins_anew() -> None:
    memory = EntryMemory(2)
    story = read(front(f"title: A\nrelated:\n{ENTRY}"))
    assert isinstance(story, Story)
    for text in "abc":
        memory.put(text, story.related[0])
    assert [memory.get(text) is not None for text in "abc"] == [False, False, True]


def test_an_entry_met_before_is_not_read_again() -> None:
    memory = EntryMemory()
    first, second = (read(front(f"title: {title}\nrelated:\n{ENTRY}"), memory) for title in "AB")
    assert isinstance(first, Story)
    assert isinstance(second, Story)
    assert second.related[0] is first.related[0]


HOSTILE = {
    "indented head": f"  title: A\nrelated:\n{ENTRY}",
    "flow mapping as head": f"{{title: A}}\nrelated:\n{ENTRY}",
    "null as head": f"null\nrelated:\n{ENTRY}",
    "flow mapping as tail": f"title: A\nrelated:\n{ENTRY}{{heat: 1}}\n",
    "null as tail": f"title: A\nrelated:\n{ENTRY}~\n",
    "document end in head": f"title: A\n... # x\nrelated:\n{ENTRY}",
    "document end in tail": f"title: A\nrelated:\n{ENTRY}... # x\nheat: 1\n",
    "document end alone": f"title: A\nrelated:\n{ENTRY}... # x\n",
    "kept blank lines of the last entry": f"title: A\nrelated:\n{ENTRY}    x: |+\n      a\n\n\n",
    "kept blank lines before the tail": f"title: A\nrelated:\n{ENTRY}    x: |+\n      a\n\n\nheat: 1\n",
    "kept blank lines between": f"title: A\nrelated:\n{ENTRY}    x: |+\n      a\n\n\n{ENTRY}",
    "byte order mark in tail": f"title: A\nrelated:\n{ENTRY}\ufeffheat: 1\n",
    "odd white space behind the seal": f'title: A\nrelated:\n{ENTRY}secured: "QUJD"\u00a0\n',
    "tab behind the seal": f'title: A\nrelated:\n{ENTRY}secured: "QUJD"\n\t\n',
    "tab behind entries": f"title: A\nrelated:\n{ENTRY}\t\n",
    "line separator": f"title: A\nrelated:\n{ENTRY}    x: a\u2028b\n",
    "directive in tail": f"title: A\nrelated:\n{ENTRY}%YAML 1.1\n",
    "head is a key without value": f"title\nrelated:\n{ENTRY}",
    "question mark": f"? title\nrelated:\n{ENTRY}",
    "question mark and value": f"title: A\n? x\nrelated:\n{ENTRY}",
    "value only": f": A\nrelated:\n{ENTRY}",
    "open key": f"title: A\nx:\nrelated:\n{ENTRY}",
    "tag before": f"title: A\nx: !!str\nrelated:\n{ENTRY}",
    "anchor alone": f"&a\nrelated:\n{ENTRY}",
    "tag alone": f"!!map\nrelated:\n{ENTRY}",
    "tail of a value": f"title: A\nrelated:\n{ENTRY}: B\n",
    "tail of an anchor": f"title: A\nrelated:\n{ENTRY}&a\n",
    "tail of a tag": f"title: A\nrelated:\n{ENTRY}!x\n",
    "head with bare seal": "title: A\n  \nsecured: \"QUJD\"\n",
    "seal within flow": "title: [A,\nsecured: b]\n",
    "indented head and seal": "  title: A\nsecured: \"QUJD\"\n",
    "flow head and seal": "{title: A}\nsecured: \"QUJD\"\n",
    "explicit indent": f"title: A\nrelated:\n{ENTRY}    x: |1\n     a\n{ENTRY}",
    "explicit indent of item": f"title: A\nrelated:\n  - |1\n   a\n{ENTRY}",
    "block in a top key": f"x: |1\n a\nrelated:\n{ENTRY}",
    "block without indent": f"x: |\nrelated:\n{ENTRY}",
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile(name: str) -> None:
    data = front(HOSTILE[name])
    whole = read(data)
    assert read(data, EntryMemory()) == whole
    head, rest = parse_head(data[:HEAD_BYTES], FILE), parse_rest(data, DEFAULT_LIMITS, EntryMemory())
    if head is not None and rest is not None:
        assert isinstance(whole, Story)
        assert rest == (whole.body, whole.related)
        assert listed(head) == listed(whole)


LIMITED = {
    "values": (Limits(values=30), f"title: A\nrelated:\n{ENTRY * 10}"),
    "depth": (Limits(depth=5), f"title: A\nrelated:\n{ENTRY}    x: [[[a]]]\n"),
    "size": (DEFAULT_LIMITS, "title: A\nrelated:\n" + f"{ENTRY}    x: [{'a,' * 60_000}]\n" * 4),
}


@pytest.mark.parametrize("name", LIMITED)
def test_limits_are_of_the_whole(name: str) -> None:
    limits, text = LIMITED[name]
    whole = read(front(text), None, limits)
    assert isinstance(whole, tuple)
    assert read(front(text), EntryMemory(), limits) == whole


@pytest.mark.parametrize("chunk", range(CHUNKS))
def test_every_real_story(shared: Path, chunk: int) -> None:
    memory = EntryMemory()
    everything = sorted(file for part in ("seeds", "corpus") for file in (shared / part).rglob("*") if file.is_file())
    assert everything
    for file in everything[chunk::CHUNKS]:
        data = file.read_bytes()
        whole = parse_story(data, file)
        assert whole is not None
        assert parse_story(data, file, memory=memory) == whole, file.name
        head, rest = parse_head(data[:HEAD_BYTES], file), parse_rest(data, DEFAULT_LIMITS, memory)
        assert head is not None, file.name
        assert rest in (None, (whole.body, whole.related)), file.name
        assert listed(head) == listed(whole), file.name


def test_the_rest_of_a_real_story_is_read_by_itself(shared: Path) -> None:
    memory = EntryMemory()
    read_alone = [
        file for file in sorted((shared / "seeds").iterdir()) if parse_rest(file.read_bytes(), DEFAULT_LIMITS, memory)
    ]
    assert read_alone
