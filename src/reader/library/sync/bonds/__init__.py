"""Bonds between articles that are alike: finding the pairs, comparing them, and writing what comes of it.

    clues, ahead            the words of headlines by which articles find each other, in the index
    nearest, window, tally  which articles are nearest to one, by their headlines alone
    candidates, crowds      the pairs to be compared: of all articles, or of those that changed
    finder                  the same in a process of its own
    comparing               each pair compared as a whole (`coverage.likeness`), in several processes
    binding                 all of that, step by step, with what comes of it written to the index

`sync.events` clusters what is bound into events.
"""
