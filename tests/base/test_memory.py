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


HEAPS = """
import ctypes, os, sys, threading
from reader.base.memory import share_heaps
if sys.argv[1] == "shared":
    share_heaps()
together = threading.Barrier(6)
def use():
    held = [ctypes.create_string_buffer(1_000) for _ in range(2_000)]
    together.wait()
threads = [threading.Thread(target=use) for _ in range(6)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
told, end = os.pipe()
file = ctypes.c_void_p(libc.fdopen(end, b"w"))
libc.malloc_info(0, file)
libc.fflush(file)
print(os.read(told, 1 << 16).count(b"<heap "))
"""


@pytest.mark.skipif(not hasattr(ctypes.CDLL(None), "malloc_info"), reason="another C library")
@pytest.mark.parametrize(("how", "is_one"), [("as it is", False), ("shared", True)])
def test_threads_share_a_heap(how: str, is_one: bool) -> None:
    done = subprocess.run([sys.executable, "-c", HEAPS, how], capture_output=True, text=True, check=True)
    assert (int(done.stdout) == 1) is is_one
