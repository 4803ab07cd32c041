"""What is done about Textual: each module a fault of it, or a thing it lacks."""
