"""What the index knows of coverage: of one story, of the events one by one, and as a list of a row each."""
