"""Entries become story files: which article each is, what its file holds, where that lies, and when it is put away."""
