"""The file of an index: its tables, its journal, and what is done when it is missing, damaged or cannot be written."""
