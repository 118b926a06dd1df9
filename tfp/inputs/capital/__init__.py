"""Capital: stocks from investment, what they cost to use, and the services they give."""
