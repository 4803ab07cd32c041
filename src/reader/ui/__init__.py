"""The screen. Textual lives here and nowhere else.

State flows down, intent flows up: `main_screen` asks the index and hands the widgets what they show; a widget posts a
message and knows neither its parent nor the library.
"""
