"""The link that a person is sent with, explained; what hangs on this sign-in is shortened."""

from django.template.loader import render_to_string

from console.web.present.authorization_request import UNKNOWN, request_view

URL = (
    "https://login.example/authorize?tenant=t&response_type=code&client_id=portal&state=st-0123456789"
    "&code_challenge=abcdef&scope=openid%20orders.read&x=%3Cb%3E"
)


def test_each_parameter_has_its_value_its_reason_and_its_source():
    view = request_view(URL)
    rows = {row["name"]: row for row in view["rows"]}
    assert view["endpoint"] == "https://login.example/authorize"
    assert rows["scope"]["value"] == "openid orders.read"
    assert rows["code_challenge"]["source"] == "RFC 7636 section 4.3"
    assert rows["response_type"]["purpose"].startswith("What comes back to the browser")
    assert (rows["tenant"]["purpose"], rows["tenant"]["source"]) == (UNKNOWN, "")


def test_state_is_shortened_and_markup_is_text():
    page = render_to_string("components/authorization_request.html", {"request_sent": request_view(URL)})
    assert "st-0123456789" not in page
    assert "st-012" in page
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def test_a_parameter_without_a_value_and_a_very_long_one_are_shown():
    rows = request_view(f"https://login.example/a?prompt=&login_hint={'x' * 5000}")["rows"]
    assert rows[0]["value"] == ""
    assert len(rows[1]["value"]) < 400
