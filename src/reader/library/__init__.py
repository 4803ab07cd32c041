"""The library: the folder of stories and the index made from it. SQLite lives here and nowhere else.

The way of the data: `scan` finds the files; `sync` reads those that changed and writes them, in batches, to the tables
of `schema`; `resolve` merges what the files say of each article; `index` answers every question of the screen and the
command line; `query` and `compile` turn what a person types into SQL.
"""
