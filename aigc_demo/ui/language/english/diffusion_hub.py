"""English: the diffusion tab's view `hub`."""

WORDS = {
    "diffusion.hub.title": "Real pipelines",
    "diffusion.hub.lead": "Pipelines of the Hugging Face Hub under this app’s own samplers. Pick one at the left: what is on this machine "
    "paints at once, the others can be downloaded where there is a network. Until then the film is of this app’s own small model.",
    "diffusion.hub.happened": "{name}: {parameters} million parameters, trained on {noise} levels of noise. It makes {side} × {side} × {channels} numbers "
    "out of noise and is told nothing of what to paint. Pictures: {count}, each in {steps} steps of {sampler}; {seconds} s in all.",
    "diffusion.hub.own": "This app’s own model of digits, for comparison: {parameters} million parameters, {noise} levels of noise, {side} × {side} × {channels} numbers. "
    "It was told to paint an 8, in {steps} steps of {sampler}: {seconds} s.",
    "diffusion.hub.head.pipeline": "Pipeline",
    "diffusion.hub.head.pictures": "Trained on",
    "diffusion.hub.head.size": "Pixels",
    "diffusion.hub.head.parameters": "Million parameters",
    "diffusion.hub.head.state": "Here?",
    "diffusion.hub.here": "✓ on this machine",
    "diffusion.hub.absent": "not on this machine",
}
