"""The library: the folder of stories and the index made from it. SQLite lives here and nowhere else.

The way of the data: `folder.scan` finds the files; `sync.sync` reads those that changed and writes them, in batches, to
the tables of `index.storage.schema`; `sync.resolve` merges what the files say of each article; `index.index` answers
every question of the screen and the command line, which both put as an `index.listing.Listing`; `query` reads what a
person types, and `index.search` makes SQL of it. `marks` stand on articles, whatever becomes of the index.
"""
