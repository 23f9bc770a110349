"""A policy in the program that deploys it: taken out as the program would give it out."""

import json

import pytest

from console.core.policy.text.document import PolicyDocument, PolicyProblem, read_policy
from console.core.policy.text.embedding import find_embedded
from console.core.policy.text.unwrapping import CODE_NOTE, FENCE_NOTE
from tests.patterns.growth import times_more

WHEN = '<when condition="@(context.Request.Method == "GET" && 1 < 2)">\n<base />\n</when>'
POLICY = (
    f'<policies>\n<inbound>\n<choose>{WHEN}</choose>\n<set-body>@{{ return "a"; }}</set-body>\n</inbound>\n</policies>'
)
QUOTED = POLICY.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n")

PROGRAMS = {
    "Terraform": f'resource "a" "b" {{\n  xml_content = <<XML\n{POLICY}\nXML\n}}\n',
    "Terraform, indented": f"policy {{\n  xml_content = <<-EOT\n    {POLICY}\n  EOT\n}}\n",
    "Bicep over several lines": f"param a string\nvar policy = '''\n{POLICY}\n'''\nresource b 'c' = {{}}\n",
    "Bicep in one line": f"properties: {{\n  value: '{QUOTED}'\n  format: 'rawxml'\n}}",
    "a part of an ARM template": '{ "properties": { "policyContent": ' + json.dumps(POLICY) + " }",
    "PowerShell": f"$id = 'x'\n$policy = @'\n{POLICY}\n'@\nWrite-Host 'done'\n",
    "Python": f'POLICY = """\n{POLICY}\n"""\nprint("done")\n',
    "C#": 'var policy = @"' + POLICY.replace('"', '""') + '";\n',
    "JavaScript": f"const policy = `{POLICY}`;\n",
    "JSON in a string of a script": 'P="' + json.dumps(json.dumps(POLICY)[1:-1])[1:-1] + '"',
    "a builder, line by line": "\n".join(
        f"  b.AppendLine({json.dumps(line)}); // as it is" for line in POLICY.replace("\n<base", "<base").splitlines()
    ),
    "texts added line by line": "const p = "
    + " +\n".join("'" + line.replace("'", "\\'") + "'" for line in QUOTED.split("\\n")),
    "a triple quoted text with escaped marks": 'P = """' + POLICY.replace('"', '\\"') + '"""',
    "a program of JSON, below a title": '[\n{ "code": ' + json.dumps(f"Title\n{POLICY}") + " },\n",
    "remarks": "# It was:\n# " + POLICY.replace("\n", "\n# ") + "\n# so far\n",
    "a quoted letter": "> " + POLICY.replace("\n", "\n> ") + "\n\nSee above.",
    "YAML": f"policy: |\n{POLICY}\nname: a\n",
    "a letter": f"Hello,\nthis one is refused:\n\n{POLICY}\n\nGreetings",
}


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_policy_is_taken_out_of_a_program(name):
    document = read_policy(PROGRAMS[name])
    assert isinstance(document, PolicyDocument), document
    assert document == read_policy(POLICY)
    assert CODE_NOTE in document.notes


def test_where_nothing_was_decoded_lines_are_those_of_the_paste():
    document = read_policy(f"a = 1\nb = <<XML\n{POLICY}\nXML\n")
    assert document.inbound[0].line == 5


def test_comments_before_it_belong_to_it():
    document = read_policy("value: '<!-- for all -->\\n<policies>\\n<inbound><base /></inbound>\\n</policies>'")
    assert document.source.startswith("<!-- for all -->\n<policies>")


def address(text):
    document = read_policy(text)
    assert isinstance(document, PolicyDocument), document
    return next(element.attribute("url") for element in document.walk() if element.name == "openid-config")


CONFIG = (
    '<policies><inbound><validate-jwt header-name="A"><openid-config url="{}" /></validate-jwt></inbound></policies>'
)
BARE = '<validate-jwt header-name="A"><openid-config url="https://${host}/x" /></validate-jwt>'
FIELDS = {
    "Terraform": ("a = <<XML\n" + CONFIG.format("https://${var.host}/x") + "\nXML", "https://{{var.host}}/x"),
    "Bicep": ("value: '" + CONFIG.format("https://${host}/x") + "'", "https://{{host}}/x"),
    "format() of Bicep": (
        "var a = format('''" + CONFIG.format("https://{0}/x") + "''', host)",
        "https://{{value-0}}/x",
    ),
    "PowerShell": ('$a = @"\n' + CONFIG.format("https://$tenant/x") + '\n"@', "https://{{tenant}}/x"),
    "Python": ('a = f"""' + CONFIG.format("https://{host}/x") + '"""', "https://{{host}}/x"),
    "C#": ('var a = $@"' + CONFIG.format("https://{host}/x").replace('"', '""') + '";', "https://{{host}}/x"),
    "a text added to": ("a = '" + CONFIG.format("https://' + cfg.host + '/x") + "';", "https://{{cfg.host}}/x"),
    "an unfinished ARM template": (
        '{ "value": "[concat(\'' + CONFIG.format("https://', variables('host'), '/x").replace('"', '\\"') + "')]\",",
        "https://{{host}}/x",
    ),
    "a builder of C#": (
        'b.Add("<policies>");\nb.Add("<inbound><validate-jwt header-name=\\"A\\">");\n'
        'b.Add($"<openid-config url=\\"https://{c.Get("host")}/x\\" />");\nb.Add("</validate-jwt></inbound>");\n'
        'b.Add("</policies>");',
        "https://{{c.Get-host}}/x",
    ),
    "policies without a document": (
        f"var a = '''\n{BARE}\n<base />\n'''\n",
        "https://{{host}}/x",
    ),
    "policies below a line": (
        f"It is this one:\n  {BARE}\nThanks",
        "https://{{host}}/x",
    ),
    "C# without quotation marks": (
        'var a = $@"' + CONFIG.format("https://{o.Host}/x").replace('"', "'") + '";',
        "https://{{o.Host}}/x",
    ),
    "what is computed": (
        "a = <<XML\n" + CONFIG.format('https://${replace("${a.b}", \'&\', "")}/x') + "\nXML",
        "https://{{computed-replace-a.b}}/x",
    ),
}


@pytest.mark.parametrize("name", FIELDS)
def test_what_the_program_puts_in_is_a_field_to_be_filled_in(name):
    text, read = FIELDS[name]
    assert address(text) == read


def test_a_document_that_does_not_end_is_told_though_prose_stands_before_it():
    problem = read_policy("Paste this:\n<policies>\n<inbound>\n<base />\n</inbound>\n")
    assert isinstance(problem, PolicyProblem)
    assert problem.what == "The text ends while <policies> of line 2 is still open."


def test_other_text_before_a_policy_that_cannot_be_told_from_it_is_said():
    problem = read_policy('x = a && b ? join("", ["<choose>", "<base />"]) : ""')
    assert isinstance(problem, PolicyProblem)
    assert problem.what == "There is other text before the first policy element, and the policy cannot be told from it."


def test_doubled_braces_of_a_formatted_text_are_single_ones():
    text = 'a = f"""<policies><inbound><set-body>@{{ return "{{{{key}}}}"; }}</set-body></inbound></policies>"""'
    assert read_policy(text).inbound[0].text == '@{ return "{{key}}"; }'


def test_of_several_policies_one_must_be_chosen():
    problem = read_policy(f"a = <<XML\n{POLICY}\nXML\nb = <<XML\n{POLICY}\nXML")
    assert isinstance(problem, PolicyProblem)
    assert problem.what == "The text holds 2 policies."


def test_a_document_type_before_it_is_refused_as_unsafe_or_unread():
    assert isinstance(read_policy(f'text <!DOCTYPE a [<!ENTITY b "c">]> {POLICY}'), PolicyProblem)


def test_the_first_block_of_a_page_that_holds_markup_is_read():
    document = read_policy(f"# How\n\n```sh\naz apim create\n```\n\n```xml\n{POLICY}\n```\n")
    assert isinstance(document, PolicyDocument)
    assert document == read_policy(POLICY)
    assert FENCE_NOTE in document.notes


@pytest.mark.parametrize("text", ["no policy at all", "a = <<XML\n<policies>\n", "x ${ ${ ${"])
def test_a_text_without_a_whole_policy_is_a_problem(text):
    assert isinstance(read_policy(text), PolicyProblem)


@pytest.mark.parametrize("unit", ["${", "${a{", "${a b", "${x ? {"])
def test_fields_that_never_end_take_little_more_than_those_that_do(unit):
    def text(repeated):
        return f'"<policies>{repeated * (30_000 // len(repeated))}</policies>"'

    def read(whole):
        find_embedded(whole, 0, len(whole))

    assert times_more(read, text("${a b}"), text(unit)) < 12  # once 80: each looked for its end by itself
