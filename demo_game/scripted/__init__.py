"""Plays the game by a script instead of by hand: moves, lines and recordings, expectations and screenshots."""
