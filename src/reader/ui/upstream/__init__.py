"""What is done about faults of Textual: each module one of them, and what is done so that nobody meets it.

A module tells the version of Textual it was written for, the upstream issue where one is known, and what goes wrong
without it. Names of Textual that begin with an underscore are used here and nowhere else. Beside the test that a
workaround works, tests/ui/upstream asks of a plain Textual program whether it still has the fault: that test fails once
it is mended, and the module can go. What Textual merely does not have, such as sequences of keys, is no fault: it
stands with what it is for.
"""
