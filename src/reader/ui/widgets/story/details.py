"""All that a story's file says, as names and values for the details of the story pane."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from reader.base.text import clean
from reader.stories.model import Image, LinkRole, Story, Value


def details(story: Story) -> Iterable[tuple[str, Value]]:
    """Everything a story's file says apart from its headline, excerpt and body, in the words of this program."""
    yield "file", clean(str(story.path))
    for role in LinkRole:
        for link in story.links:
            if link.role is role:
                yield f"{role} link", link.url
    yield "published", story.published_text
    yield "provider", f"{story.provider.name} ({story.provider.domain})"
    for name, value in (
        ("type", story.type),
        ("category", story.category),
        ("authors", ", ".join(story.authors)),
        ("topics", ", ".join(story.topics)),
        ("written by", story.format),
        ("quality", _number(story.quality)),
        ("heat", _number(story.heat)),
        ("is published", "" if story.is_published is None else str(story.is_published).lower()),
        ("sealed body", f"{story.sealed_bytes:,} bytes, encrypted" if story.sealed_bytes else ""),
        ("related", f"{len(story.related)} articles" if story.related else ""),
    ):
        if value:
            yield name, value
    rest: Mapping[str, Value] = {
        **story.extra,
        **({"provider": dict(story.provider.extra)} if story.provider.extra else {}),
    }
    yield from rest.items()
    if story.images:
        yield "images", [_image_value(image) for image in story.images]
    if story.provider.images:
        yield "provider's images", [_image_value(image) for image in story.provider.images]
    for flaw in story.flaws:
        yield "odd", f"line {flaw.line}: {flaw.reason}" if flaw.line else flaw.reason


def _image_value(image: Image) -> Value:
    size = {"width": _number(image.width), "height": _number(image.height), "title": image.title}
    return {"url": image.url, **{name: value for name, value in size.items() if value}, **image.extra}


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
