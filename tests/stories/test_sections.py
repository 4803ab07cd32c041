"""Reading front matter in pieces gives what reading it whole gives."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from examples import examples, thinned
from reader.stories.errors import StoryError
from reader.stories.files import parse_head, parse_rest, parse_story
from reader.stories.frontmatter import split
from reader.stories.limits import DEFAULT_LIMITS, Limits
from reader.stories.model import Story
from reader.stories.sections import HEAD_BYTES, EntryMemory, cut, head_of
from stories.pieces import files

FILE = Path("a-file.md")
CHUNKS = 8
ENTRY = "  - title: A\n    webUrl: https://a.test/1\n"


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
    assume(head is not None and isinstance(whole, Story))
    assert head is not None
    assert isinstance(whole, Story)
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
def test_a_hostile_file_in_pieces_is_as_read_whole(name: str) -> None:
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


@pytest.mark.parametrize("name", thinned(LIMITED, every=2))
def test_limits_are_of_the_whole(name: str) -> None:
    limits, text = LIMITED[name]
    whole = read(front(text), None, limits)
    assert isinstance(whole, tuple)
    assert read(front(text), EntryMemory(), limits) == whole


@pytest.mark.parametrize("chunk", [0, *(pytest.param(chunk, marks=pytest.mark.long) for chunk in range(1, CHUNKS))])
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
