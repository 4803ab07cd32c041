"""What is sent becomes entries: RSS, Atom and RDF by feedparser, JSON Feed by `json`, HTML as Markdown.

All of it runs in a process of its own (`child`, driven by `process`): a feed is hostile, and what reads it may loop,
fill the memory or fall over.
"""
