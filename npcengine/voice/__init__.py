"""The voice: clauses, speech and effects; knows no other stage."""
