"""The search bar: a line for a query, its completions, and the queries before."""
