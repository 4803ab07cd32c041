"""Coverage: who else reported it. Pure functions over articles; where they come from is the library's business."""
