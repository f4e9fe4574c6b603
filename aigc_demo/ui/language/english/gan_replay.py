"""English: the time machine of the GAN."""

WORDS = {
    "gan.replay.title": "Time machine",
    "gan.replay.run": "Replay",
    "gan.replay.track": "the same noise, painted by the generator of that moment",
    "gan.replay.caption": "After {step} updates: the classifier reads {right} of {count} as asked; the discriminator of then says {verdict} real.",
    "gan.replay.curve": "D(G(z)) during training, by update (logarithmic); 0.5 at half height: D cannot tell",
    "gan.replay.teaches": "$z$ is the same in every frame; only the weights change. A snapshot keeps four bits a weight; the last frame is the finished model.",
}
