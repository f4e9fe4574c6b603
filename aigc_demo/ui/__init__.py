"""What all pages share: look, language, and the components that draw. Knows no family of models."""
