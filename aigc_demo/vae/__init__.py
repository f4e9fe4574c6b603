"""Variational autoencoders: pictures into a few numbers with a known distribution, and back."""
