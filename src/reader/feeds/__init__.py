"""How news comes in: the feeds of a library are asked, and their entries become story files.

The way of an entry: `subscriptions` says which feeds there are; `web` fetches the bytes of one; `entries` parses them,
in a child process, since a feed is hostile; `arrivals` finds the article of each entry, and writes its file.
`fetching` does this for all feeds; `news` also what follows: index, full texts, rules. The screen has it done by a
process, `job`. `saving` writes articles that are saved one by one.
"""
