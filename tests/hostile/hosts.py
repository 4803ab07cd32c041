"""Ways of writing hosts of this machine and of machines beside it, in a story's address."""

from __future__ import annotations

import random
from collections.abc import Iterator


def hostile_hosts(count: int) -> Iterator[str]:
    """So many of them, always the same ones."""
    chance = random.Random(1)
    while count:
        last = chance.choice([1, 1, chance.randrange(1 << 24)])
        number = chance.choice([127, 10]) << 24 | last
        parts = [number >> 24, number >> 16 & 255, number >> 8 & 255, number & 255]
        short = [parts[:1], parts[:2], parts[:3]][chance.randrange(3)]
        tail = number & (1 << 8 * (4 - len(short))) - 1
        written = [chance.choice([f"{part}", f"{part:#x}", f"0{part:o}"]) for part in (*short, tail)]
        six = f"{number >> 16:x}:{number & 0xFFFF:x}"
        yield chance.choice(
            [
                str(number), hex(number), f"0{number:o}", ".".join(map(str, parts)), ".".join(written),
                f"[::ffff:{six}]", f"[::{six}]", f"[64:ff9b::{six}]", f"[2002:{six}::1]", "[::1]", "localhost",
                f"x{last}.localhost", f"x{last}.example", "user@localhost", "localhost.",
            ]
        )  # fmt: skip
        count -= 1
