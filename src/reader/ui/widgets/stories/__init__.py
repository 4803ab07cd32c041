"""The list of stories: `story_list` is the widget; `rows` says which rows there are, `drawing` draws one."""
