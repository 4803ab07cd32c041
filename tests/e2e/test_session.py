"""A morning with the program, as a list of keys and of what the screen says then; the same at every size of terminal.

Find what is unread about a topic, read three stories, star one, list its outlet, keep that as a view, leave, come back.
"""

from __future__ import annotations

import pytest

from support import Desk

ENTER, BACK_TAB, CLEAR = "\r", "\x1b[Z", "\x7f" * 30

FIRST_MORNING = (
    ("", "▌● Microsoft changes Power"),
    (f"/is:unread topic:privacy{ENTER}", "▌● Power Apps default setting"),
    (ENTER, "UpGuard"),
    (BACK_TAB, "▌○ Power Apps default setting"),
    ("j", "▌● Canadian privacy commission"),
    (ENTER, "CTV News · Fri 21 Feb 2020"),
    (BACK_TAB, "▌○ Canadian privacy commission"),
    ("j", "▌● Oxford Circus gets two"),
    (ENTER, "Thu 20 Feb 2020"),
    (BACK_TAB, "▌○ Oxford Circus gets two"),
    ("s", "★"),
    ("m", "3  outlet  The Ind"),
    ("3", 'provider:"The Independent"'),
    ("F", "Save as a view"),
    (f"Independent{ENTER}", "Stories · Independent"),
    ("q", None),
)

NEXT_MORNING = (
    ("", "★"),
    ("f", "type to narrow"),
    (f"indep{ENTER}", "Stories · Independent"),
    ("", "○ Oxford Circus gets two"),
    ("", "★"),
    ("/", "Enter To the list"),
    (CLEAR, "Enter To the list"),
    (f"is:read{ENTER}", "○ Power Apps default setting"),
    ("", "○ Canadian privacy commission"),
    ("", "○ Oxford Circus gets two"),
    ("q", None),
)


@pytest.mark.long  # test_morning is a shorter day
@pytest.mark.parametrize("size", [(80, 24), (120, 40), (40, 12)])
def test_two_mornings(desk: Desk, size: tuple[int, int]) -> None:
    (desk.home / "config").mkdir()
    (desk.home / "config" / "config.toml").write_text('mark_read = "on_open"\n')
    for morning in (FIRST_MORNING, NEXT_MORNING):
        terminal = desk.start(size=size)
        for keys, words in morning:
            terminal.send(keys)
            if words is not None:
                terminal.wait_for(words)
            while terminal.read(0.1):  # as a person does, who looks before the next key
                pass
        assert terminal.wait_for_end() == 0, terminal.text
