"""The views of the overview tab."""
