"""English: GAN and VAE side by side."""

WORDS = {
    "gan.families.title": "GAN and VAE",
    "gan.families.run": "Compare",
    "gan.families.teaches": "The same digits of MNIST taught both. Look for blur against sharpness, and at the figures below.",
    "gan.families.gan": "Generative adversarial network",
    "gan.families.vae": "Variational autoencoder",
    "gan.families.gan_note": "One pass through G. It was rewarded for what D cannot tell from real.",
    "gan.families.vae_note": "One pass through the decoder. It was rewarded for the likelihood of every pixel.",
    "gan.families.vae_sorted": "It is told no class: {drawn} latents were decoded, and those read as {digit} kept.",
    "gan.families.nearest": "In each corner: the training picture that is nearest, pixel by pixel. A copy would be at distance 0.",
    "gan.families.no_data": "The nearest training pictures are shown where MNIST is at hand (AIGC_DEMO_DATA); it is not shipped.",
    "gan.families.time": "Time per picture, just now",
    "gan.families.read": "Read as asked",
    "gan.families.certainty": "Certainty of the classifier",
    "gan.families.diversity": "Diversity: mean distance of the classifier’s features",
    "gan.families.grey": "Blur: inked pixels that are neither ink nor paper",
    "gan.families.apart": "Mean distance to the nearest training picture",
    "gan.families.fid": "Digit FID, 10,000 pictures (measured)",
    "gan.families.weights": "Weights that paint",
    "gan.families.likelihood": "−ln p(x) of unseen digits (measured)",
}
