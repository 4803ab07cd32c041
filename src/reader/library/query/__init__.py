"""The query language: from what a person types to a tree of conditions. No SQL."""
