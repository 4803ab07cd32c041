"""The story pane: a page of text, and its image."""
