"""Latent diffusion: words in, an emoji out."""
