"""The search line: what is typed, completed, and typed again."""
