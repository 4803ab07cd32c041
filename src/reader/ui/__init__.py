"""The screen. Textual lives here and nowhere else.

State flows down, intent flows up: the parts of the main screen ask the index and hand the widgets what they show; a
widget posts a message and knows neither its parent nor the library. A part knows the screen as its `Host` alone.
"""
