"""Dialogs about the story at hand: its links, its event's headlines, its tags, and where to hand it on."""
