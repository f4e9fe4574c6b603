"""The GAN of emoji: it paints in the latents of the emoji's autoencoder."""
