"""What models are taught with: hand-written worlds and exchanges; the engine never imports it."""
