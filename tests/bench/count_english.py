"""Makes the table of how rare English words are: `src/reader/coverage/likeness/english.txt`.

`python tests/bench/count_english.py FILE`; needs wordfreq 3, which the program itself does not. Where the numbers come
from and under which licence is told in `src/reader/coverage/likeness/NOTICE`.
"""

from __future__ import annotations

import math
import sys
from collections import defaultdict
from pathlib import Path

from reader.coverage.likeness.rarity import COMMONEST, RAREST, TABLE_ENDS, level_of_zipf
from reader.coverage.likeness.words import words_of

LEAST_FREQUENT = 1e-7
"""Share of all words from which a form is counted: rarer forms of a word add nothing to a level."""


def main() -> None:
    """Write the table to the file that the command line names."""
    import wordfreq  # type: ignore[import-not-found]  # not a dependency: the table is made once

    frequencies: defaultdict[str, float] = defaultdict(float)
    for form, frequency in wordfreq.get_frequency_dict("en", "large").items():
        words = words_of(form)
        if len(words) == 1 and words[0].isalpha() and frequency >= LEAST_FREQUENT:
            frequencies[words[0]] += frequency
    levels = {word: level_of_zipf(math.log10(frequency) + 9) for word, frequency in frequencies.items()}
    lines = [f"{word}{level}\n" for word, level in sorted(levels.items()) if COMMONEST <= level <= TABLE_ENDS < RAREST]
    Path(sys.argv[1]).write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
