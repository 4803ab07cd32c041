"""The coverage pane: the tree of a story's coverage, and its title."""
