"""The keys: all of them in one list, and how a configuration changes them."""
