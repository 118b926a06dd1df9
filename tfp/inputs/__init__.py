"""From raw statistics to the inputs of growth accounting."""
