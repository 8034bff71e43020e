"""Teaches a small language model to speak for characters: files to lessons, lessons to an adapter. Knows no game."""
