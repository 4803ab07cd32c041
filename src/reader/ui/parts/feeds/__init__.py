"""The feeds of the library that is shown: asking them, the dialog that lists them, and full texts of articles."""
