"""The face: phonemes to visemes to curves, and life beside speech; knows no other stage."""
