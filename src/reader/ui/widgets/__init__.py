"""The widgets: the bars, the search bar, and the panes for stories, story and coverage.

A widget draws what it is given, and posts a message for what the person wants. It knows neither the screen nor the
library, so that each can be tested in an app of its own.
"""
