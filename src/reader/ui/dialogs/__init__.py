"""The dialogs: modal screens, each of which gives back what was chosen in it.

A part of the main screen shows one and waits for the result (`Host.show`). All are made from `framed`, those with a
list from `choice`.
"""
