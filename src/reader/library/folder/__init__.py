"""The folder: its files found, watched, and remembered."""
