"""How likely it is that two articles report the same event.

    words → names → wording      what an article says
    rarity → ranked              how much each of its words tells
    candidates                   which pairs are worth a closer look, by their headlines alone
    evidence, forms              what speaks for and against a pair: 17 numbers
    weights → odds               what these weigh, and the log-odds that they come to

A word is *telling* if it is not a stop word. Its *level* is how rare it is, from 1 to 11: see `rarity`.
"""
