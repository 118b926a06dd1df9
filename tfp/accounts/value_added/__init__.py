"""Value added, decomposed by prices, inputs, efficiency and technical progress."""
