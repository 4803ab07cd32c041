"""Dialogs about what is listed: topics, views, what is alike, an overview."""
