"""Images of stories: fetched when a person asks, scaled down, and kept for a while.

`store` is the door: it gives an image that is kept, or has a process fetch it (`child`, `fetch`, `decode`). None of it
is imported at the start.
"""
