"""Index numbers of prices and quantities of items, and what each item adds to them."""
