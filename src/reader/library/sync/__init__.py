"""From the folder to the index: what changed is read, written and merged."""
