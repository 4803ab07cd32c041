"""The command line: `main` starts it, a module has each group of commands, `printing` how all of them print and end.

It is the only room that knows all others: `main` makes the app of the screen, with its library and its settings.
"""
