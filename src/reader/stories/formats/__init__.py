"""The files of other tools, read as they are: one module for each tool, and `table`, which recognises their files.

The way of a file: `frontmatter` divides it and reads its notation (YAML, or by `tomltext` and `jsontext`); a row of
`table` recognises the tool that wrote it; the module of that tool retells it, in keys that `fields` knows; `conversion`
makes every value safe, as it does for the program's own files. So nothing here has to make a text safe.
"""
