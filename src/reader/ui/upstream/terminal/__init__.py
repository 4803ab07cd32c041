"""Workarounds about the terminal: that it is lost, lent, stopped, resized or stuck."""
