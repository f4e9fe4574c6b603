"""English: the plane of noise."""

WORDS = {
    "gan.latents.title": "Plane of noise",
    "gan.latents.run": "Lay out",
    "gan.latents.seed": "First seed",
    "gan.latents.seed.info": "25 seeds from here on stand at the crossings.",
    "gan.latents.plane": "A plane of noise: point, drag, or use the arrow keys",
    "gan.latents.large": "What the generator paints at this place",
    "gan.latents.verdict": "The discriminator says {share} real.",
    "gan.latents.reads": "The classifier reads {digit}.",
    "gan.latents.nearest": "The nearest training emoji: {digit}",
    "gan.latents.hint": "Point or drag; arrow keys move the ring, with Shift further. Violet frames are seeds.",
}
