"""Dialogs about what is listed: topics, views, more like a story, an overview."""
