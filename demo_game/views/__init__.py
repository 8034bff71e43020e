"""What is drawn: village, portrait, panels; each draws one region from plain values or the game, and knows no keys."""
