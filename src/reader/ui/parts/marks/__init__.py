"""What the reader marks: on the way to the disk, and on the screen."""
