"""Folders of other tools, read as they are: one module a tool, and `table`, which says how its files are told.

The way of a file: `frontmatter` splits it and reads its notation (`tomltext` and `jsontext` beside YAML); a row of the
table recognises whose it is; that tool's module tells it anew in keys that `fields` knows; `conversion` passes every
value through the gates, as it does for the program's own files. So nothing here has to make a text safe.
"""
