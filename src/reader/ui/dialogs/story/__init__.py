"""Dialogs about the story at hand: its links, headlines, tags, and where it is handed on to."""
