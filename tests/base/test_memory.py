"""Giving memory back."""

from __future__ import annotations

import ctypes
import subprocess
import sys

import pytest

SCRIPT = """
import ctypes, sys
from reader.base.memory import set_large_apart
class Info(ctypes.Structure):
    _fields_ = [(name, ctypes.c_size_t) for name in "arena ordblks smblks hblks hblkhd a b c d e".split()]
info = ctypes.CDLL(None).mallinfo2
info.restype = Info
if sys.argv[1] == "apart":
    set_large_apart()
bytearray(24 << 20)  # once it is freed, the C library takes what is smaller from its heap
before = info().hblks
held = bytearray(4 << 20)
print(info().hblks - before)
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "mallinfo2"), reason="another C library")
@pytest.mark.parametrize(("how", "pieces"), [("as it is", "0"), ("apart", "1")])
def test_what_is_large_lies_apart(how: str, pieces: str) -> None:
    done = subprocess.run([sys.executable, "-c", SCRIPT, how], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == pieces
