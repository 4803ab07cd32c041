"""Images of stories: fetched when a person asks, made small, kept for a while. No Textual, and nothing at a start."""
