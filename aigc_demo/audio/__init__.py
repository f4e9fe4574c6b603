"""Sound: four-part chorales, note by note, and spoken digits, as spectrograms."""
