"""What a plan says, read from its file or form and checked key by key."""
