"""The story pane: `story_pane` is the widget, `page` composes what it shows; and the image above it."""
