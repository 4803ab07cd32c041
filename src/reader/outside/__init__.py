"""The world outside the program: browser, clipboard, other programs, what is written for others to read."""
