"""Which feeds a library has, how they are kept, and how a person comes by them."""
