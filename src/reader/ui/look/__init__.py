"""How things look: themes, signs, and text measured in cells."""
