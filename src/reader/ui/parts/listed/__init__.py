"""What is listed, how the cursor comes to stand in it, and what of it the next start takes up."""
