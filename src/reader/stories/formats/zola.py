"""Pages of Zola (https://www.getzola.org/documentation/content/page/): TOML with `[taxonomies]` and `[extra]`."""

from __future__ import annotations

from reader.stories.formats.given import Given, PassedOverError, Retold, dated_name, headline_of, people, picture
from reader.stories.formats.hugo import bundle_name, refuse_list_page, topics
from reader.stories.model import Value


def read(given: Given) -> Retold:
    """Tell a page.

    Raises:
        PassedOverError: it is none that Zola publishes.
    """
    refuse_list_page(given)
    if given.is_true("draft"):
        raise PassedOverError("a draft")
    extra = given.with_data(given.table("extra"))
    name = bundle_name(given) or given.path.stem
    dated = dated_name(name)
    changes: dict[str, Value] = {
        "title": given.text("title") or headline_of(dated.rest if dated else name),
        "date": given.date("date") or (dated.day if dated else "") or given.date("updated"),
        "topics": topics(given, "topics", "tags", "categories"),
        "authors": people(given.get("authors")) or people(extra.get("authors", "author")),
        "images": picture(given.get("images", "image")) or picture(extra.get("image", "cover", "thumbnail", "banner")),
        "webUrl": extra.text("externalUrl", "external_url", "link_to"),
    }
    return given.retold(changes, without=("tags", "categories", "taxonomies"))
