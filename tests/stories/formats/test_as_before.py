"""What the program's own files say is not told anew by any tool's module: with and without the table it is the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from reader.base.paths import sample_folder
from reader.stories import frontmatter
from reader.stories.conversion import Conversion
from reader.stories.fields import Mapped
from reader.stories.files import parse_story
from reader.stories.limits import DEFAULT_LIMITS

SAMPLE = sorted(sample_folder().glob("*.md"))


def is_as_without_the_table(file: Path, data: bytes) -> bool:
    parts = frontmatter.split(data.decode("utf-8"))
    assert parts is not None
    plain = Conversion(parts, DEFAULT_LIMITS).story(Mapped(frontmatter.load(parts, DEFAULT_LIMITS)), file)
    return parse_story(data, file) == plain


@pytest.mark.parametrize("file", SAMPLE, ids=lambda file: file.stem)
def test_a_story_of_the_sample_is_read_as_without_the_table(file: Path) -> None:
    assert is_as_without_the_table(file, file.read_bytes())


@pytest.mark.parametrize("place", ["_posts/2020-01-02-a.md", "_drafts/a.md", "content/_index.md", "hugo.yaml"])
@pytest.mark.parametrize("sign", [".obsidian", "_config.yml", "hugo.toml", ".eleventy.js", "templates"])
def test_what_lies_around_it_makes_no_difference(place: str, sign: str, tmp_path: Path) -> None:
    (tmp_path / sign).mkdir()
    extra = b"draft: true\npublished: false\nexpiryDate: 2001-01-01\ntags: a b\ncategories: [c]\nlabels: d\n"
    data = SAMPLE[0].read_bytes().replace(b"---\n", b"---\n" + extra, 1)
    assert is_as_without_the_table(tmp_path / place, data)


@pytest.mark.parametrize(
    "header",
    [
        "title: A\ndate: 2020-01-01\ntags: [b, c]\ncategories: [d]",
        "title: A\nurl: /a\ntags: b c",
        "created: 2020-01-01\nname: A\nauthor: '[[B]]'",
        "title: A\nlayout: post\npublished: false\ncategory: x",
        "title: A\npermalink: false\nid: 3\nlabels: [b]",
        "a: b",
        "",
    ],
)
def test_front_matter_that_could_be_anyones_is_read_as_without_the_table(header: str) -> None:
    assert is_as_without_the_table(Path("a-file.md"), f"---\n{header}\n---\nText ==a== [[b]].\n".encode())
