"""The parts of a drawn face: geometry, paint, eyes, mouth, hair, body, backdrop; knows no engine, only weights and looks."""
