"""Finds the stories that answer a query.

    compilation   the conditions of a query as SQL
    term_sets     all stories that answer it: each condition as a set of ids
    first_page    the first of them, before all are known

`catalogue` decides which of these is asked.
"""
