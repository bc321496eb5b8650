"""Accounts: who signs in, with what proof, for how long. What they may do is decided elsewhere."""
