"""The views on the main screen: choosing, saving and counting them, and the side bar that shows them."""
