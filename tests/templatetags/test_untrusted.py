"""Text from outside is escaped, isolated, and hides nothing."""

import pytest

from console.templatetags.untrusted import untrusted, untrusted_address


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (None, ""),
        ("", ""),
        (42, "42"),
        ("plain ü 日本", "plain ü 日本"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("ends as Windows does\r\nhere", "ends as Windows does\nhere"),
        ("<script>alert('x')</script>", "&lt;script&gt;alert('x')&lt;/script&gt;"),
        ('{"a": "&lt;"}', '{"a": "&amp;lt;"}'),
        ("ü<b>&", "ü&lt;b&gt;&amp;"),
        ("{{ settings }}", "{{ settings }}"),
    ],
)
def test_text_is_escaped_and_isolated(value: object, shown: str) -> None:
    assert untrusted(value) == f'<bdi class="untrusted">{shown}</bdi>'


@pytest.mark.parametrize(
    ("char", "code", "name"),
    [
        ("\u202e", "202E", "right-to-left override"),
        ("\u200b", "200B", "zero width space"),
        ("\u00ad", "00AD", "soft hyphen"),
        ("\x00", "0000", "control character"),
        ("\x1b", "001B", "control character"),
        ("\U000e0041", "E0041", "tag latin capital letter a"),
        ("\ud800", "D800", "control character"),
    ],
)
def test_a_character_that_cannot_be_seen_is_shown_by_its_number(char: str, code: str, name: str) -> None:
    badge = f'<span class="code-point" data-char="{code}" title="{name}">U+{code}</span>'
    assert untrusted(f"a{char}b") == f'<bdi class="untrusted">a{badge}b</bdi>'


def test_a_lone_surrogate_does_not_stop_the_page_from_being_sent() -> None:
    assert untrusted("\udfff\ud83d").encode("utf-8")


def test_a_safe_string_is_escaped_too() -> None:
    from django.utils.safestring import mark_safe

    assert "<b>" not in untrusted(mark_safe("<b>bold</b>"))


def test_an_address_breaks_between_its_parts_and_nowhere_in_a_tag() -> None:
    shown = untrusted_address("https://a.example/gateway//x/\u202e<b>")
    badge = '<span class="code-point" data-char="202E" title="right-to-left override">U+202E</span>'
    assert shown == f'<bdi class="untrusted">https://a<wbr>.example/<wbr>gateway//x/<wbr>{badge}&lt;b&gt;</bdi>'
    assert untrusted_address("/a/b/") == '<bdi class="untrusted">/<wbr>a/<wbr>b/</bdi>'
    assert untrusted_address("ada@mail.example") == '<bdi class="untrusted">ada@<wbr>mail<wbr>.example</bdi>'
    assert untrusted_address("/v2.0?a=1&b=2") == '<bdi class="untrusted">/<wbr>v2.0<wbr>?a=1<wbr>&amp;b=2</bdi>'
    assert untrusted_address("Read it. Then 10.2.0.1") == '<bdi class="untrusted">Read it. Then 10.2.0.1</bdi>'
