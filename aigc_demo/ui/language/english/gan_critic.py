"""English: the discriminator's verdict."""

WORDS = {
    "gan.critic.title": "Ask the discriminator",
    "gan.critic.teaches": "Draw a digit. Would the discriminator take it for a real one?",
    "gan.critic.bars": "How real, as each digit?",
    "gan.critic.drawing": "the drawing, as the discriminator gets it",
    "gan.critic.map": "where ink counts",
    "gan.critic.for": "ink here makes it more real",
    "gan.critic.against": "ink here makes it less real",
    "gan.critic.bar": "As a {digit}: {share} real. Shows the pixels for this class.",
    "gan.critic.reads": "The classifier reads {digit} ({certainty} sure). As a {digit}, the discriminator says {share} real.",
    "gan.critic.hint": "Each bar asks the discriminator about another class; choose one to see its pixels. It has seen only MNIST and this generator, and at a generator that is good it must say about 0.5 to everything.",
}
