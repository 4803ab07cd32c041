"""Saving articles one by one: from another tool's export, or from a web page.

`exports` recognises the tool of an export; a module for each tool reads it; `taking` has its articles pass the gate for
entries, writes story files by `files`, and sets marks. `pages` makes a story of a page.
"""
