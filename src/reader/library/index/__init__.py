"""The one place that answers questions about the library."""
