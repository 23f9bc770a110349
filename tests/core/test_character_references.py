"""References that a far side or a paste writes with any number of digits: read, never an error."""

import pytest

from console.core.character_references import unescaped
from console.core.credential import Secret
from console.core.inspection import recognised
from console.core.policy.keep.secret_masking import _readings
from console.core.redaction.redact import redact_body

LONG = ("&#" + "1" * 5_000 + ";", "&#" + "1" * 5_000, "&#x" + "f" * 5_000 + ";")
SECRET = "canary-secret-value-0a1b2c3d"


@pytest.mark.parametrize(
    ("text", "read"),
    [
        *((one, "\ufffd") for one in LONG),
        ("&#" + "0" * 5_000 + "65;", "A"),
        ("&#X" + "0" * 5_000 + "41 b", "A b"),
        ("&#" + "0" * 5_000 + ";", "\ufffd"),
        ("&#1114112;", "\ufffd"),
        ("&#00000000000126;&amp;&lt&#x1F600;", "~&<\U0001f600"),
        ("a & b &#; &#x; &x", "a & b &#; &#x; &x"),
    ],
)
def test_references_are_read_as_a_browser_reads_them(text, read):
    assert unescaped(text) == read


@pytest.mark.parametrize("reference", LONG, ids=("decimal", "open", "hexadecimal"))
@pytest.mark.parametrize(
    ("media_type", "form"),
    [
        ("text/plain", "{}"),
        ("application/json", '{{"error": "{}"}}'),
        ("text/html", '<p title="{}">no</p><client_secret>{}</client_secret>'),
        ("application/xml", "<a><![CDATA[{}]]></a>"),
    ],
)
def test_an_answer_with_a_reference_of_many_digits_is_redacted(media_type, form, reference):
    body = form.replace("{}", reference).replace("{{", "{").replace("}}", "}") + " kept"
    assert b"kept" in redact_body(body.encode(), (("Content-Type", media_type),), [Secret(SECRET)])


def test_a_secret_in_references_with_thousands_of_zeros_is_withheld():
    spelled = "".join(f"&#{'0' * 5_000}{ord(one)};" for one in SECRET)
    assert spelled.encode() not in redact_body(spelled.encode(), (("Content-Type", "text/plain"),), [Secret(SECRET)])


@pytest.mark.parametrize("reference", LONG, ids=("decimal", "open", "hexadecimal"))
def test_what_is_pasted_or_kept_with_such_a_reference_is_read(reference):
    assert recognised(f"401 Unauthorized &quot;invalid_token&quot; {reference}")
    assert list(_readings(reference))
