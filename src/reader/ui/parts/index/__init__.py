"""The way to the library: its index is asked, its folder read."""
