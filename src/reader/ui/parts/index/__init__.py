"""The way from the parts to the library: questions to its index and its marks in a thread, and reading its folder."""
