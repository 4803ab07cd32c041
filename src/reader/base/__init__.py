"""The ground that all else stands on: errors, the gate for text, words, paths, files written whole."""
