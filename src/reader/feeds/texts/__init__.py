"""Whole texts of articles, from their pages: fetched where a person asks, and put under the excerpt."""
