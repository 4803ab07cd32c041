"""What comes with the program: the sample library and the pages of the help."""
