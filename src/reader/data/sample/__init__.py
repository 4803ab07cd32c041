"""The sample library: story files shown when no folder is given."""
