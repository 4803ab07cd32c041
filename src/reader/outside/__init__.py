"""What the program does outside of itself: it opens links, copies, runs commands, and writes texts for others."""
