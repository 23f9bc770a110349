"""What a template puts in between elements is neither stray text nor passed over."""

from dataclasses import replace

import pytest

from console.core.policy import schema
from console.core.policy.engine.model import Verdict
from console.core.policy.lint import lint
from console.core.policy.text.document import PolicyDocument, read_policy
from console.core.policy.text.values import Values
from tests.core.policy.builders import judged, policy, request, token


def read(text):
    document = read_policy(text)
    assert isinstance(document, PolicyDocument), document
    return document


def names(text):
    return [element.name for element in read(text).inbound]


def inbound(text):
    return f"<policies><inbound>{text}</inbound></policies>"


def test_a_block_of_policies_is_a_fragment_in_its_place():
    text = inbound("<base />\n ${local.jwt_block}\n <cors/> ${b} <trace/>")
    assert names(text) == ["base", "include-fragment", "cors", "include-fragment", "trace"]
    assert read(text).inbound[1].attribute("fragment-id") == "local.jwt_block"
    assert schema.problems(read(inbound("<base />${a}"))) == ()


def test_a_block_leaves_open_what_it_may_refuse_and_can_be_given():
    text = inbound("<base />${jwt}")
    assert judged(text, request(token())).needs == ("fragment jwt",)
    assert judged(text, request(token())).verdict is Verdict.UNDECIDED
    given = Values(fragments={"jwt": f"<fragment>{policy()}</fragment>"})
    assert judged(text, request(token()), values=given).verdict is Verdict.ALLOW


def test_entries_of_a_list_are_one_to_be_given():
    (cors,) = read("<cors><allowed-origins>${origins}</allowed-origins></cors>").inbound
    assert [one.text for one in cors.child("allowed-origins").children] == ["{{origins}}"]


def test_a_part_that_is_left_in_or_out_is_read_and_said():
    text = inbound('%{ if limits }<rate-limit calls="5" renewal-period="10" />%{ else ~}\n%{ endif }<base />')
    assert names(text) == ["rate-limit", "base"]
    assert schema.problems(read(text)) == ()
    assert "template-field" in {one.code for one in lint(read(text))}
    text = inbound('%{if yamldecode(file(each.key))["x-auth"]["type"] == "oidc"}<cors />%{endif}<base />')
    assert names(text) == ["cors", "base"]


def test_branches_that_a_template_makes_are_a_branch_that_may_be_taken():
    refuse = '<return-response><set-status code="403" /></return-response>'
    text = inbound(f"<choose>${{branches}}<otherwise>{refuse}</otherwise></choose>")
    assert schema.problems(read(text)) == ()
    trace = judged(text, request(token()))
    assert (trace.verdict, "fragment branches" in trace.needs) == (Verdict.UNDECIDED, True)


def test_addresses_of_a_template_may_be_the_callers():
    for listed, verdict in (("", Verdict.UNDECIDED), ("<address>203.0.113.9</address>", Verdict.ALLOW)):
        text = inbound(f'<ip-filter action="allow">${{ips}}{listed}</ip-filter>')
        assert judged(text, replace(request(token()), client_ip="203.0.113.9")).verdict is verdict


def test_applications_and_values_of_a_template_are_entries_to_be_given():
    text = inbound(
        "<validate-azure-ad-token tenant-id='t'><client-application-ids>${apps}<application-id>a</application-id>"
        "</client-application-ids><required-claims><claim name='oid' match='any'>${oids}</claim></required-claims>"
        "</validate-azure-ad-token>"
    )
    assert "stray-text" not in {one.code for one in schema.problems(read(text))}


def test_a_number_of_a_template_is_no_wrong_number():
    text = inbound(
        '<quota calls="${var.most}" renewal-period="#{period}#" /><rate-limit calls="x" renewal-period="5" />'
    )
    assert [one.what for one in schema.problems(read(text))] == [
        'calls of <rate-limit> is "x"; it must be a whole number, such as 60.'
    ]


def test_what_a_template_leaves_in_or_out_of_a_token_policy_is_read_as_being_there():
    claims = (
        '<required-claims><claim name="a">%{ for b in c ~}<value>${b}</value>%{ endfor ~}</claim></required-claims>'
    )
    document = read(f'<validate-jwt header-name="A">%{{~ if a ~}}{claims}%{{~ endif ~}}</validate-jwt>')
    assert [one.name for one in document.inbound[0].children] == ["required-claims"]
    assert schema.problems(document) == ()


def test_a_field_in_angle_brackets_is_named_though_an_expression_stands_before_it():
    text = inbound(
        '<set-variable name="q" value="@(context.Api.Name + "x")" /><rewrite-uri template="/<Your Name>/x" />'
    )
    found = read_policy(text)
    assert found.what == "A field of a template, a name in angle brackets, stands in an attribute."


@pytest.mark.parametrize(
    "text", [inbound("${a} and more<base />"), inbound("%{ do a }<base />"), inbound("${ a + b }"), inbound("$a")]
)
def test_any_other_text_between_policies_is_stray(text):
    assert "stray-text" in {one.code for one in schema.problems(read(text))}


def test_a_body_with_marks_of_templates_is_a_body():
    (body,) = read("<set-body>${a} %{ if b }</set-body>").inbound
    assert body.text == "${a} %{ if b }"
