"""Workarounds for faults around the terminal: it goes away, is lent, is resized without end, takes nothing any more."""
