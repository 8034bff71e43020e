"""What the player is looking at: title, village, pages of the menu; each takes inputs and draws itself."""
