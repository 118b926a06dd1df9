"""The few years of one area: what they say of elasticities, and what is only the prior."""
