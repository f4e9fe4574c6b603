"""English: the text tab's view `training`."""

WORDS = {
    "text.training.title": "Time machine",
    "text.training.run": "Travel",
    "text.training.prompt.info": "Each snapshot goes on from here, with the same seed.",
    "text.training.length.info": "Characters that each snapshot writes.",
    "text.training.step": "After {step} updates",
    "text.training.untrained": "Untrained: random weights",
    "text.training.steps": "updates",
    "text.training.loss": "training loss (nats / char)",
    "text.training.surprise": "its own surprise (bits / char)",
    "text.training.curve": "Training loss",
    "text.training.axis": "updates, on a logarithmic scale",
    "text.training.happened": "{model}, seed {seed}, temperature {temperature}: the same random numbers at each of {count} moments; only the weights differ.",
    "text.training.stored": "Snapshots keep four bits a weight; the last moment is the finished model.",
}
