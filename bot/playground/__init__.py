"""A local Bot API server with simulated people and a chat page: the bot without a token, and what the flow tests drive.

`server.LocalBotApi` is the way in. Nothing of the running bot knows this room; it only gets another base URL.
"""
