"""The mind: prompt, knowledge, memory, actions and reply parsing; knows no other stage."""
