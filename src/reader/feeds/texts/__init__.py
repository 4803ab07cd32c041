"""Full texts of articles: fetched from their pages where a person asks, and shown below the excerpt."""
