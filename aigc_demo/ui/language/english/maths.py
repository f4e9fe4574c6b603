"""English: what the views of the mathematics tab share."""

WORDS = {
    "maths.tab": "Mathematics",
    "maths.parts": "The parts of this page. The left and right arrow keys turn it.",
    "maths.text": "Text that the model reads",
}
