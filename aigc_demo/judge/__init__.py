"""The classifier that reads digits: how the other families' pictures are measured."""
