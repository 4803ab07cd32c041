"""The feeds that a library is subscribed to: their file (OPML), adding one, and taking over newsboat's."""
