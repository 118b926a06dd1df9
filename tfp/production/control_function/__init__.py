"""Control functions: what firms know of productivity, read off a choice of theirs."""
