"""What a story is, and how a file becomes one. Pure: no database and no screen.

The way of the data: `files.read_story` reads a file's bytes; `frontmatter` splits them and reads the YAML as text;
`fields` says which key means what; `text`, `dates` and `urls` are the gates each value passes; `model` is what comes
out.
"""
