"""The screen. Textual lives here and nowhere else.

The way of a key: `app` takes it in, a binding of `main_screen` names its action, `actions` calls the part that does it
(`parts`), that part asks the index, and hands the answer to the widgets, which draw it. State flows down, intent flows
up: a widget posts a message, and knows neither its parent nor the library. A part knows the screen only as its `Host`.
"""
