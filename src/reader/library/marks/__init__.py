"""The marks: what the reader did with articles. No other data exists only once: they must never be lost.

    marks                   the way in: `Marks` reads and changes them
    model                   what a mark is
    file, schema, salvage   the file: opened, mended when it is damaged, brought up to date
    changes, records        changing rows, and remembering how they were
    undone                  what was taken back, to be done again
    snapshot, articles      all marks on the stories of a library, in memory
    exchange                marks as JSON
    many                    very many marks, written by a process of its own

`schema` and `exchange` say which forms other versions and other machines rely on.
"""
