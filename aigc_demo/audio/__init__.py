"""Sound: four-part chorales, predicted in any order by masked diffusion or from left to right."""
