"""Which articles may report the same happening: finding them, comparing them, and keeping what is alike."""
