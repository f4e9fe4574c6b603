"""The views of the diffusion tab."""
