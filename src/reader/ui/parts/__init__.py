"""The parts of the main screen: plain objects with their own state, put together in `assembly`.

An action of the screen calls a part. The part asks the index or the marks (`index`), keeps what it learns, and shows it
in the widgets. Parts know the screen only as their `Host`, so that they are tested without an app.
"""
