"""Tools for those who make characters and for those who make the engine; no game imports them."""
