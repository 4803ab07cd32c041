"""Entries become story files: which article an entry is, what its file holds, where it is, and when it is put away."""
