"""Articles that are saved one by one: from another tool's export, and from a page.

`exports` says whose file an export is; one module a tool tells what is in it; `taking` has it pass the gates that a
feed passes, writes story files by `files`, and sets marks. `pages` makes one story of one page.
"""
