"""The brain: the process that runs the stages, its link to the game, and the only wiring between stages."""
