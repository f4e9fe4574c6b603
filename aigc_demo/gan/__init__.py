"""Pictures of digits from noise in one stroke: a generator and a discriminator."""
