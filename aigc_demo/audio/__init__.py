"""Sound: what is heard, as numbers that a model can generate."""
