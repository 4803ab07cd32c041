"""What the story pane shows: the story at the cursor or an article of its coverage, and its image."""
