"""A moving preview of a face, and its curves as a picture: for authors who want to see what a game will show."""
