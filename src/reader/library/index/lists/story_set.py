"""Sets of stories with a bit for each id: a million stories take 125 KB, where a set of Python's takes 60 MB.

A set is written in three ways: as bits (a whole number, the lowest bit for id 0), which are joined at once; as a byte
for each id, 0 or 1, which is quick to fill and to look up; and as a list of ids.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from itertools import compress

_AS_DIGITS = bytes.maketrans(b"\0\1", b"01")
_AS_BYTES = bytes.maketrans(b"01", b"\0\1")

_SPARSE = 16
"""Where no more than one byte in so many is 1, it is quicker to search for each of them."""


def packed(marked: bytes | bytearray) -> int:
    """From bytes to bits. A million take 3 ms, and as long back again."""
    return int(marked[::-1].translate(_AS_DIGITS) or b"0", 2)


def unpacked(bits: int, size: int) -> bytearray:
    """From bits to bytes, one for each id below `size`."""
    return bytearray(f"{bits:0{size}b}".encode()[::-1].translate(_AS_BYTES))


def listed(marked: bytes | bytearray) -> list[int]:
    """From bytes to the list of ids, ascending."""
    return list(each_of(marked))


def each_of(marked: bytes | bytearray) -> Iterator[int]:
    """As `listed`, but one id after the other: a list of a million takes 40 MB."""
    return compress(range(len(marked)), marked) if marked.count(1) > len(marked) // _SPARSE else _searched(marked)


def _searched(marked: bytes | bytearray) -> Iterator[int]:
    story = marked.find(1)
    while story >= 0:
        yield story
        story = marked.find(1, story + 1)


class StorySet(Set[int]):
    """An immutable set of ids of stories.

    Args:
        stories: the ids, which are 0 or greater.

    Attributes:
        bits: the set as a number with a bit for each id, the lowest for id 0.
        as_bytes: the same as bytes, the lowest first.
    """

    __slots__ = ("as_bytes", "bits")

    def __init__(self, stories: Iterable[int] = ()) -> None:
        if isinstance(stories, StorySet):
            self._keep(stories.bits)
            return
        marked = bytearray()
        for story in stories:
            try:
                marked[story] = 1
            except IndexError:
                marked.extend(bytes(max(story + 1 - len(marked), len(marked))))  # twice as long each time
                marked[story] = 1
        self._keep(packed(marked))

    @classmethod
    def of_bits(cls, bits: int) -> StorySet:
        """The set that has these `bits`."""
        made = cls.__new__(cls)
        made._keep(bits)
        return made

    def _keep(self, bits: int) -> None:
        self.bits = bits
        self.as_bytes = bits.to_bytes(-(-bits.bit_length() // 8), "little")

    def __contains__(self, story: object) -> bool:
        if not isinstance(story, int) or not 0 <= story >> 3 < len(self.as_bytes):
            return False
        return bool(self.as_bytes[story >> 3] >> (story & 7) & 1)

    def __iter__(self) -> Iterator[int]:
        """The ids, ascending."""
        return each_of(unpacked(self.bits, self.bits.bit_length()))

    def __len__(self) -> int:
        return self.bits.bit_count()

    __hash__ = Set._hash  # the same as of a frozenset that is equal

    def __eq__(self, other: object) -> bool:
        return self.bits == other.bits if isinstance(other, StorySet) else super().__eq__(other)

    def __and__(self, other: Set[object]) -> StorySet:
        return self.of_bits(self.bits & bits_of(other))

    def __or__(self, other: Set[object]) -> StorySet:
        return self.of_bits(self.bits | bits_of(other))

    def __sub__(self, other: Set[object]) -> StorySet:
        return self.of_bits(self.bits & ~bits_of(other))

    def __repr__(self) -> str:
        return f"StorySet({[*self]})"


def bits_of(stories: Set[object]) -> int:
    """Any set of stories as bits: see `StorySet.bits`."""
    return (
        stories.bits
        if isinstance(stories, StorySet)
        else StorySet(story for story in stories if isinstance(story, int)).bits
    )
