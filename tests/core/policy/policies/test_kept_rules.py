"""What is kept of a policy between calls: never a key, a token, or a value that somebody filled in."""

from types import ModuleType

import pytest

from console.core.policy.policies import validate_azure_ad_token, validate_jwt
from console.core.policy.text.document import PolicyDocument, read_policy
from console.core.policy.text.element import Element
from console.core.policy.text.values import NO_VALUES, Values, fill

KEY = "c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldC0xMjM0NTY="
JWT, ENTRA = (validate_jwt, "validate-jwt"), (validate_azure_ad_token, "validate-azure-ad-token")


def document_of(text: str) -> PolicyDocument:
    document = read_policy(text)
    assert isinstance(document, PolicyDocument)
    return document


def element_of(text: str, values: Values = NO_VALUES) -> Element:
    return fill(document_of(text), values).inbound[0]


@pytest.mark.parametrize("policy, name", [JWT, ENTRA])
def test_the_rules_of_a_plain_policy_are_read_once(policy: ModuleType, name: str):
    text = f'<{name} header-name="A"><audiences><audience>api</audience></audiences></{name}>'
    assert policy.rules_of(element_of(text)) is policy.rules_of(element_of(text))


@pytest.mark.parametrize("policy, name", [JWT, ENTRA])
@pytest.mark.parametrize(
    "attributes, content",
    [
        pytest.param(' token-value="aaaa.bbbb.cccc"', "", id="a token"),
        pytest.param("", f"<decryption-keys><key>{KEY}</key></decryption-keys>", id="a key that decrypts"),
        pytest.param("", f"<issuer-signing-keys><key>{KEY}</key></issuer-signing-keys>", id="a key that signs"),
    ],
)
def test_the_rules_of_a_policy_with_a_secret_are_read_anew(
    policy: ModuleType, name: str, attributes: str, content: str
):
    element = element_of(f"<{name}{attributes}>{content}</{name}>")
    assert policy.rules_of(element) is not policy.rules_of(element)
    assert element.kept is None


def test_what_was_read_stays_with_the_element_and_not_with_a_changed_copy():
    element = element_of("<validate-jwt header-name='A'/>")
    rules = validate_jwt.rules_of(element)
    changed = element.rewritten(lambda text, *_: text.replace("A", "B"))
    assert element.kept is rules
    assert changed.kept is None
    assert validate_jwt.rules_of(changed).policy.source.name == "B"


@pytest.mark.parametrize("policy, name", [JWT, ENTRA])
@pytest.mark.parametrize(
    "written, values",
    [
        pytest.param("{{secret}}", Values(named_values={"secret": "value"}), id="a named value"),
        pytest.param("@(Secret())", Values(expressions={"@(Secret())": "value"}), id="an expression"),
        pytest.param('@((string)context.Variables["s"])', Values(variables={"s": "value"}), id="a variable"),
    ],
)
def test_the_rules_of_a_policy_that_was_filled_in_are_read_anew(
    policy: ModuleType, name: str, written: str, values: Values
):
    text = f"<{name} header-name='A'><audiences><audience>{written}</audience></audiences></{name}>"
    element = element_of(text, values)
    assert policy.rules_of(element, values).audiences.texts == ("value",)
    assert policy.rules_of(element, values) is not policy.rules_of(element, values)


def test_filling_a_document_without_anything_open_gives_the_document_itself():
    document = document_of("<inbound><base /><validate-jwt header-name='A'><issuers /></validate-jwt></inbound>")
    assert fill(document, Values(named_values={"name": "value"})) is document


@pytest.mark.parametrize("text", ["<a b='{{n}}'/>", "<a>{{n}}</a>", "<a b='@(1)'/>", "<a><b>@{return 1;}</b></a>"])
def test_an_element_with_something_open_in_it_is_not_plain(text: str):
    assert not document_of(text).inbound[0].is_plain


def test_equal_elements_have_equal_hashes_wherever_they_stand():
    one, other = element_of("<a b='c'><d>e</d></a>"), element_of("\n\n<a b='c'> <d>e</d></a>")
    assert one == other
    assert hash(one) == hash(other)
    assert one.line != other.line
    assert element_of("<a b='c'><d>f</d></a>") != one
