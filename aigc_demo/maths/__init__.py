"""The mathematics behind all families: cross-entropy, divergence, attention, the minimax game,
noise and the ELBO.
"""
