"""Red flags (疑点): what in the log deserves a second look. A file a family of rules, each a pure function.

A rule takes entries and its thresholds (`domain/scheme_flags.py`) and yields what it found. A flag is no finding of
guilt: every rule has honest cases that look the same, and the words of each flag name them (`language/flag_words.py`).
"""
