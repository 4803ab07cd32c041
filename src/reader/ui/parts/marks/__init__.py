"""The reader's marks: set by keys or by reading, written to the disk, and shown on the screen."""
