"""The command line: each command, and how all of them print and end."""
