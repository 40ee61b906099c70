"""Looking at a change of the facts aside, accepting it, and serving what was accepted."""
