"""Ears: voice detection, end of turn and transcription; knows no other stage."""
