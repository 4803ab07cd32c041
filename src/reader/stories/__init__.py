"""What a story is, and how a file becomes one. Pure: no database and no screen.

The way of the data: `files.read_story` reads a file's bytes; `frontmatter` divides them into front matter and body, and
reads the YAML as text; `formats` retells the files of other tools; `fields` says which key means what; `conversion`
makes values of them, each of which passes a gate (`base.text`, `dates`, `urls`); `model` is what comes out.
"""
