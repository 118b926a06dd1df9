"""Factor shares: what part of income is labour's, under each treatment."""
