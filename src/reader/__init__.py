"""A terminal news reader for a folder of stories."""

__version__ = "0.1.0"
