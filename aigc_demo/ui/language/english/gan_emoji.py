"""English: the GAN's emoji."""

WORDS = {
    "gan.emoji.title": "Emoji",
    "gan.emoji.run": "Generate",
    "gan.emoji.truncation.info": "0: an emoji as it is remembered. Larger: more of a neighbour, more noise.",
    "gan.emoji.sheet": "Painted emoji: point at one, or use the arrow keys",
    "gan.emoji.large": "The emoji that is chosen, large",
    "gan.emoji.one": "Seed {seed}, nearest to {nearest}",
    "gan.emoji.verdict": "Seed {seed}: the discriminator says {share} real.",
    "gan.emoji.nearest": "Nearest training emoji, by colour:",
    "gan.emoji.hint": "Point at an emoji; arrow keys move, too.",
    "gan.emoji.track": "what the generator paints on the way",
    "gan.emoji.happened": "{count} emoji in one stroke: a code near a training emoji and noise go through G, whose 16 × 16 × 4 numbers the autoencoder decodes. On average the discriminator says {verdict} real. Measured over 1,000: {copied} % copy a training emoji.",
}
