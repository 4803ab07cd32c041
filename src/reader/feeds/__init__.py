"""News comes in: the feeds of a library, asked when a person says so, and their entries written as story files.

The way of an entry: `subscriptions` says which feeds there are; `web` gets the bytes of one; `entries` makes entries of
them, in a child process, since a feed is hostile; `arrivals` says which file an entry is and what that holds;
`fetching` does all of it for all feeds.
"""
