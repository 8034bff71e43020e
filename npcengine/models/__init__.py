"""Models: what exists, where it is on this machine, how it gets here; knows no engine."""
