"""Answers questions about the library: the one place that does, for the screen and the command line alike.

    listing, rows           questions and answers, as values
    index                   the way in: `Index`
    tables                  what the tables hold, row by row and as lists of ids
    catalogue, lists        orders and topics, kept in memory; lists and sets of ids
    search                  the stories that answer a query
    events                  coverage, events, and lists with a row for each event
    overview, live_values   counts of many stories; values to complete a query with
    storage                 the file: schema, journal, packed lists

`sync` writes what is read here.
"""
