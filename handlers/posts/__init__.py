"""The panel of scheduled posts: what it shows, what its buttons carry, and what they change. Pure.

Everything is saved at each tap: a button carries one change ("add Friday"), never the whole plan, so that two people
who tap at once change what they tapped and no more. `data` is what a button carries, `changes` what becomes of a
subscription, `overview` and `pickers` are what people see.
"""
