"""`python -m bot.drawing`: a process that draws one picture and ends, so that the bot never holds what draws it.

Nothing else may import this package, and it nothing of the bot: import-linter sees to both.
"""
