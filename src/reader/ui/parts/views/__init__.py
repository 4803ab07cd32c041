"""Saved queries: which there are, and the side bar that shows them."""
