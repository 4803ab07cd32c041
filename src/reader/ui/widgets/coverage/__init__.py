"""The coverage pane: a tree of articles under its title."""
