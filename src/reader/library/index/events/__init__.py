"""Coverage and events as the index has them: of one story, event by event, and as lists with a row for each event."""
