"""A village of characters one can talk to: the demo, and an example of a game on `npcengine`'s public names."""
