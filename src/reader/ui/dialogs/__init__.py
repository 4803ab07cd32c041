"""The dialogs: modal screens that give back what was chosen."""
