"""The game-side ends of sound: microphone, speaker and the playback clock; knows no model."""
