"""Fetching the full text of the article at hand, by key."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from reader.base.errors import ReaderError
from reader.feeds.texts.installed import HOW_TO_GET_IT, is_installed
from reader.library.folder.paths import in_folder
from reader.ui.parts.feeds.assignments import Assignments, new_job
from reader.ui.parts.host import AtHand, Host, task
from reader.ui.parts.index.questions import Questions

if TYPE_CHECKING:
    from reader.feeds.job import Job
    from reader.ui.parts.index.folder import Folder
    from reader.ui.parts.story.current import CurrentStory


class WholeTexts:
    """Has the full text of an article fetched from its page by another process.

    Args:
        host: the screen.
        questions: the way to the index.
        assignments: makes the assignment of the process.
        folder: the library's folder, which is read when a text was written into a file.
        story: the story that is shown, with the text once it is there.
        is_there: says whether the extra that finds the text of a page is installed.
        make_job: makes the job, which starts the process.
    """

    def __init__(
        self,
        host: Host,
        questions: Questions,
        assignments: Assignments,
        folder: Folder,
        story: CurrentStory,
        *,
        is_there: Callable[[], bool] = is_installed,
        make_job: Callable[[], Job] = new_job,
    ) -> None:
        self.host = host
        self._questions = questions
        self._assignments = assignments
        self._folder = folder
        self._story = story
        self._is_there = is_there
        self._make_job = make_job
        self._jobs: dict[int, Job] = {}

    def bring(self, at_hand: AtHand) -> None:
        """Fetch the full text of the article at hand, unless that is going on."""
        if at_hand.story is None:
            self.host.toast(
                "The full text needs a story of the library." if at_hand.article else "No story is selected."
            )
        elif not self._is_there():
            self.host.toast(HOW_TO_GET_IT[:1].upper() + HOW_TO_GET_IT[1:], "warning")
        elif at_hand.story not in self._jobs:
            self._jobs[at_hand.story] = self._make_job()
            self.host.toast("Fetching the full text…")
            self._bring(at_hand.story, self._jobs[at_hand.story])

    def stop(self) -> None:
        """End the fetching."""
        for job in self._jobs.values():
            job.cancel()

    @task("text")
    async def _bring(self, story: int, job: Job) -> None:
        try:
            path = await self._questions.ask(lambda index: index.path(story))
            if path is None:
                return
            assignment = self._assignments.text_of(in_folder(self._assignments.folder, path))
            brought = await asyncio.to_thread(job.run, assignment)
        except ReaderError as error:
            self.host.toast(f"No full text: {error}", "warning")
        else:
            if self.host.is_standing:
                if brought.note:
                    self.host.toast(brought.note, "warning")
                self.host.toast("The full text is there." if brought.in_file else "The full text is shown below.")
                self._story.look_up()
                self._folder.read()
        finally:
            del self._jobs[story]
