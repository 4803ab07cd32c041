"""The whole text of the article that is shown, by key; the process that fetches it is a made one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from reader.feeds.errors import FeedError, FetchError
from reader.feeds.job import Assignment, Brought, Job
from reader.feeds.texts.store import keep_text
from reader.ui.parts.feeds.assignments import Assignments
from reader.ui.parts.feeds.texts import WholeTexts
from reader.ui.parts.host import AtHand
from ui.conftest import CLOCK

from ..conftest import COMET, Bench

if TYPE_CHECKING:
    from ..conftest import MakeBench


NOTHING = Brought()


class MadeJob:
    """Brings a text, or does not."""

    def __init__(self, brings: Brought | FeedError) -> None:
        self.brings = brings
        self.assignments: list[Assignment] = []

    def run(self, assignment: Assignment) -> Brought:
        self.assignments.append(assignment)
        if isinstance(self.brings, FeedError):
            raise self.brings
        return self.brings

    def cancel(self) -> None:
        pass


@pytest.fixture
def make_texts(make_bench: MakeBench) -> Callable[..., tuple[Bench, WholeTexts, MadeJob]]:
    def make(brings: Brought | FeedError = NOTHING, *, is_there: bool = True) -> tuple[Bench, WholeTexts, MadeJob]:
        bench, job = make_bench(), MadeJob(brings)
        parts = bench.parts
        texts = WholeTexts(
            bench.host,
            parts.questions,
            Assignments(bench.library, parts._foundation.config, bench.marks, lambda: CLOCK),
            parts.folder,
            parts.current,
            is_there=lambda: is_there,
            make_job=lambda: cast("Job", job),
        )
        return bench, texts, job

    return make


async def test_without_the_extra_the_key_says_how_to_get_it(
    make_texts: Callable[..., tuple[Bench, WholeTexts, MadeJob]],
) -> None:
    bench, texts, job = make_texts(is_there=False)
    texts.bring(AtHand(bench.id_of(COMET[0])))
    assert bench.host.toasts == ["The full text needs an extra: pip install 'story-reader[fulltext]'"]
    assert job.assignments == []


async def test_the_text_is_ordered_by_the_storys_file(
    make_texts: Callable[..., tuple[Bench, WholeTexts, MadeJob]],
) -> None:
    bench, texts, job = make_texts()
    texts.bring(AtHand(bench.id_of(COMET[0])))
    texts.bring(AtHand(bench.id_of(COMET[0])))
    await bench.host.settle()
    (assignment,) = job.assignments
    assert Path(assignment.text_of).is_file()
    assert bench.host.toasts[0] == "Fetching the full text…"
    assert "The full text is shown below." in bench.host.toasts


async def test_what_is_kept_beside_the_file_is_shown_with_it(
    make_texts: Callable[..., tuple[Bench, WholeTexts, MadeJob]],
) -> None:
    bench, _, _ = make_texts()
    keep_text(COMET[0], "All of it.")
    assert (await bench.parts.questions.read(bench.id_of(COMET[0]))).body.endswith("All of it.")


async def test_what_cannot_be_had_is_told(make_texts: Callable[..., tuple[Bench, WholeTexts, MadeJob]]) -> None:
    bench, texts, _ = make_texts(FetchError("the server says 404 Not Found"))
    texts.bring(AtHand())
    texts.bring(AtHand(bench.id_of(COMET[0])))
    await bench.host.settle()
    assert bench.host.toasts == [
        "No story is selected.",
        "Fetching the full text…",
        "No full text: the server says 404 Not Found",
    ]
