"""How likely two articles report the same event: what they say, what speaks for it, and what that weighs."""
