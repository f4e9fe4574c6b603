"""Pictures out of noise, step by step."""
