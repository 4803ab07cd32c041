"""What SQLite holds of feeds: the program's own memory of them, and another reader's."""
