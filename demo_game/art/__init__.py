"""The village's pictures, all drawn by code: ground, buildings, trees, people; knows a map and looks, no keys."""
