"""Lists of the ids of stories: how they are kept, put in order and divided into days, and where each stands in one."""
