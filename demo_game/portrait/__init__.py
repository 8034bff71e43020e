"""The parts of a drawn face: geometry, paint, eyes, mouth, hair, body, backdrop; knows weights and looks, no engine."""
