"""Lists and sets of the ids of stories: how they are kept, sorted, divided into days, and searched for a story."""
