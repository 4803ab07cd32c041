"""The marks: what the reader did. The only data that exists once, and must never be lost."""
