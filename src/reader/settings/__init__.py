"""The settings: how the configuration file is read, what each may be, and the file that tells of all of them."""
