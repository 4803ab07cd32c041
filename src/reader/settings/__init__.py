"""The settings: the configuration and its file, the table of all settings, saved views, and where the person was.

`file` reads the configuration file, `table` has a row for each setting, `checks` checks its value, `config` is the
result. `views` and `place` are files that the program itself writes.
"""
