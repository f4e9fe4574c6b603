"""The views of the VAE tab."""
