"""English: the GAN tab."""

WORDS = {
    "gan.tab": "GAN",
    "gan.pictures.title": "Pictures",
    "gan.run": "Generate",
    "gan.truncation": "Truncation ψ",
    "gan.truncation.info": "Scales the noise. Small: neat and alike. Large: varied and odd.",
    "gan.goal": "Goal of the walk",
    "gan.goal.info": "A second seed: the walk ends at its noise.",
    "gan.walk.run": "Walk from seed to seed",
    "gan.walk.title": "### A walk through the noise",
    "gan.walk.track": "what the generator paints on the way",
    "gan.walk.caption": "{share} of the way from seed {seed} to seed {goal}",
    "gan.verdict": "Digit {digit}, seed {seed}: the discriminator says {verdict} real.",
    "gan.happened": "{count} digits in one stroke each. Under each: the probability that the discriminator gives it of being real. A classifier reads {read} % of this model’s digits as asked.",
}
