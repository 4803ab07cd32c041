"""The list of stories: rows that are drawn as they come into view."""
