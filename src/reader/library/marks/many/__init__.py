"""Writing very many marks, by another process."""
