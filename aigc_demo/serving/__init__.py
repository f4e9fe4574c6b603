"""The engine that runs the models for many visitors at once."""
