"""The pictures that the bot shows: drawn by `python -m bot.drawing`, kept on disk, and sent by file id afterwards."""
