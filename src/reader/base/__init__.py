"""What all other rooms use: errors, the gate for text, wording, paths, files that are written whole."""
