"""A number that somebody wrote in digits, read from a text of any origin."""


def whole_number(text: str, *, digits: int) -> int | None:
    """The number that a text of so many digits 0 to 9 at most is, without sign or blanks; None for any other text.

    By hand two things are forgotten: "²" is a digit to Python and no number, and a number of 5,000 digits is an error.
    """
    return int(text) if len(text) <= digits and text.isascii() and text.isdigit() else None
