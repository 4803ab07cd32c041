"""Workarounds for faults of Textual, and of the asyncio below it, one a module.

A module says for which version of Textual it was written, what goes wrong without it, and the upstream issue where one
is known. Names of Textual that begin with an underscore are used here and nowhere else. tests/ui/upstream tests that a
workaround works, and also that a plain Textual program still has the fault: that test fails once the fault is mended,
and then the module can go. What Textual merely lacks, such as sequences of keys, is no fault: it stands where it is
used.
"""
