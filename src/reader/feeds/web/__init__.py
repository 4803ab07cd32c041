"""Fetching feeds and pages: `web` asks a server, `asking` many at once, `schedule` says when to ask again."""
