"""CES and nested CES functions: the model, the search, what the data say of substitution."""
