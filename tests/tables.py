"""Tables whose rows nobody would look at one by one: one test for all, which names each row that is wrong."""


def failures(check, rows):
    """One line for each row (the arguments of `check`) for which it fails: all of them, not the first alone."""
    told = []
    for row in rows:
        try:
            check(*row)
        except Exception as problem:
            told.append(f"{row!r:.200}: {type(problem).__name__}: {problem!s:.400}")
    return told
