"""What if (试算): a stretch of the book's history under another scheme, beside what happened. Nothing is written.

`courses.py` says which schemes governed when, on both sides; `walk.py` goes through the customers in ranges of their
ids and adds up a `Tally`; `answer.py` makes the figures of it. `store/whatif.py` runs it, on several cores if need be.
"""
