"""Digests: the planner fills the outbox with what is due, the courier carries it to Telegram."""
