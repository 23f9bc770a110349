"""What is quoted of an answer or a log can be read: it begins with a whole word, without its label."""

from console.core.diagnosis.phrases import find_phrases, phrases

TABLE = phrases("likely", "said", audience=r"audience '\w+' is invalid")


def words(text):
    (found,) = find_phrases(TABLE, said=text, facts="")
    return found.words


def test_a_quotation_begins_with_a_whole_word():
    challenge = """WWW-Authenticate: Bearer error="invalid_token", error_description="The audience 'x' is invalid\""""
    assert words(challenge) == """Bearer error="invalid_token", error_description="The audience 'x' is invalid\""""
    long = f"2026-11-28T08:00:01Z GET /orders 401 {challenge}"
    assert words(long) == """… Bearer error="invalid_token", error_description="The audience 'x' is invalid\""""


def test_a_line_without_any_blank_is_cut_where_it_must_be():
    assert words("x" * 200 + "audience 'y' is invalid") == "… " + "x" * 60 + "audience 'y' is invalid"
