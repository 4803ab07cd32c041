"""Brings the index up to date with the folder. `sync.sync` is the way in, and `child` runs it in a process of its own.

    difference          which files are new, changed, renamed or gone
    reading, records    files are read into records, in several processes
    write, word_indexes records are written into tables
    resolve             what files say of each article is merged; links are made in both directions
    events, bonds       articles that report the same are found
    counts              outlets, linked and alike of each story

`waiting` has what is still to be done; `progress` and `wire` tell the program that started the child how far it is.
"""
