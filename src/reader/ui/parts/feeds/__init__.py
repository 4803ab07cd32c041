"""The feeds of the library that is shown: asking them, the dialog of them, and whole texts of articles."""
