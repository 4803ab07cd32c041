"""The web, as feeds may reach it: who is asked, how many at once, and when again."""
