"""Diffusion in two dimensions, where the exact answer is known."""
