"""Telegram's side of the bot: an update comes in as an Ask, a Reply goes out as messages."""

import os

# PTB 22.8 warns at every RetryAfter unless this is set; it gives `retry_after` as a timedelta, as PTB 23 will.
os.environ.setdefault("PTB_TIMEDELTA", "true")
