"""Growth accounting: the method, its factor weights, presets, periods and targets."""
