"""The GAN of emoji: it generates the latents of the emoji's autoencoder."""
