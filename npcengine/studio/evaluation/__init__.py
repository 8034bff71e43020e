"""Scores a character's replies against suites of questions; knows no command line."""
