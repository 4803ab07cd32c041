"""Parsing feeds and pages: RSS, Atom and RDF by feedparser, JSON Feed by `json`; HTML becomes Markdown.

All of it runs in another process (`child`, started by `process`): a feed is hostile, and parsing it may loop, fill the
memory or crash.
"""
