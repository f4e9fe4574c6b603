"""The views of the mathematics tab."""
