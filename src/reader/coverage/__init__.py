"""Coverage: who else reported it. Pure functions over articles, which the library reads from its index."""
