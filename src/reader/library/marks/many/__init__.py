"""Writes very many marks by a process of its own, the scribe, so that no key of the screen waits for it.

scribe       starts the process and waits for its answer
assignments  what it is given to do, and what it answers
child        the process
ahead        the marks as they will be when the process, left alone, is done
"""
