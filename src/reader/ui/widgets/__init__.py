"""The parts of the screen, each usable in an app of its own."""
