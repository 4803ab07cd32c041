"""The command line: `start` begins, a module has each group of commands, `printing` how all of them print and end.

It is the only room that knows all others: `screen` makes the app of the screen, with its library and its settings.
"""

SCREEN = "read"
"""The command that shows the screen, which nobody has to write."""

COMMANDS = {
    "list": ("stories", "list_stories"),
    "show": ("stories", "show"),
    "coverage": ("stories", "coverage"),
    "topics": ("stories", "topics"),
    "events": ("events", "list_events"),
    "check": ("index", "check"),
    "index": ("index", "update_index"),
    "add": ("importing", "add_page"),
    "import": ("importing", "import_file"),
    "feeds": ("feeds", "feeds_commands"),
    "fetch": ("fetch", "fetch"),
    "rules": ("rules", "rules_commands"),
    "mark": ("marks", "mark"),
    "marks": ("marks", "marks_commands"),
    "help": ("help", "help_command"),
    "keys": ("settings", "print_keys"),
    "config": ("settings", "print_config"),
}
"""The commands, each with its module and its name there. They are imported when they are asked for."""
