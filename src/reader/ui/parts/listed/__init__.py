"""What is listed: the question and its answer, searching, where the cursor goes, and what the next start takes up."""
