"""What the bot remembers: languages chosen, subscriptions, deliveries. The only place that knows SQL."""
