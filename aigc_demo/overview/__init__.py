"""The subject as a whole: a map of its families, and one digit asked of four generators."""
