"""Signs, words and chips of a status, written by one module for templates and for Python."""

import pytest
from django.template import Context, engines

from console.templatetags.signs import chip_of, spoken


def shown(text, **known):
    return engines["django"].from_string("{% load signs %}" + text).template.render(Context(known))


@pytest.mark.parametrize(
    ("status", "sign", "word"),
    [
        ("pass", "&#10003;", "Passed"),
        ("fail", "&#10005;", "Failed"),
        ("warning", "!", "Warning"),
        ("notice", "i", "Note"),
        ("crashed", "&#9889;", "This check broke down"),
        ("not_applicable", "&#8211;", "Does not apply"),
        ("unknown", "?", "Unknown"),
        ("never heard of", "?", "Unknown"),
    ],
)
def test_a_status_has_one_sign_and_one_word(status, sign, word):
    icon = f'<span class="icon" aria-hidden="true">{sign}</span>'
    assert shown("{% status_icon status %}", status=status) == icon
    assert spoken(status).sign == icon
    assert spoken(status).said == f'<span class="visually-hidden">{word}: </span>'


@pytest.mark.parametrize(
    ("written", "html"),
    [
        ("{% chip 'small' %}", '<span class="chip">small</span>'),
        ("{% chip nothing %}", '<span class="chip"></span>'),
        (
            "{% chip 200 'pass' %}",
            '<span class="chip pass"><span class="icon" aria-hidden="true">&#10003;</span>200</span>',
        ),
        ("{% chip evil is_code=True %}", '<span class="chip code">&lt;b&gt; &amp; &quot;</span>'),
        ("{% chip 'wrong-issuer' url=evil %}", '<a class="chip" href="&lt;b&gt; &amp; &quot;">wrong-issuer</a>'),
    ],
)
def test_a_chip_says_its_text_escaped_with_the_sign_of_its_tone(written, html):
    assert shown(written, evil='<b> & "') == html


def test_a_chip_written_in_python_is_the_same():
    assert shown("{% chip 'a' 'fail' url='/b/' is_code=True %}") == chip_of("a", "fail", url="/b/", is_code=True)
