"""Bodies and texts that are XML, as System.Xml.Linq reads them."""

import pytest

from console.core.policy.csharp import Evaluated, Failed, Unknown, evaluate

SOAP = (
    '<?xml version="1.0" encoding="utf-8"?>\n<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/">\n  '
    '<s:Body>\n    <o:Order xmlns:o="urn:orders" id="7" o:kind="rush">'
    "<o:Code> A1 </o:Code><Note><![CDATA[ <b> ]]></Note>"
    "<Line>2</Line><Line>5</Line><Blank> </Blank></o:Order>\n  </s:Body>\n</s:Envelope>"
)
PARTS = {"body": SOAP, "variables": {}}
DOC = "context.Request.Body.As<XElement>(preserveContent: true)"
ORDER = f'{DOC}.Descendants().First(e => e.Name.LocalName == "Order")'

VALUES = [
    (f'@({DOC}.Descendants().FirstOrDefault(a => a.Name.LocalName == "Code")?.Value)', " A1 "),
    (f'@({DOC}.Descendants().FirstOrDefault(a => a.Name.LocalName == "Zz")?.Value)', None),
    (f"@({DOC}.Name.LocalName)", "Envelope"),
    (f"@({DOC}.Name.NamespaceName)", "http://schemas.xmlsoap.org/soap/envelope/"),
    (f"@({ORDER}.Name.ToString())", "{urn:orders}Order"),
    (f'@{{ XNamespace o = "urn:orders"; return {ORDER}.Element(o + "Code").Value.Trim(); }}', "A1"),
    (f'@({ORDER}.Element(XName.Get("Code", "urn:orders"))?.Value.Length)', 4),
    (f'@({ORDER}.Element("Code") == null)', True),  # a name without its namespace is another one
    (f'@({ORDER}.Element("{{urn:orders}}Code") != null)', True),
    (f'@((int){ORDER}.Attribute("id") + 1)', 8),
    (f'@({ORDER}.Attribute(XNamespace.Get("urn:orders") + "kind")?.Value)', "rush"),
    (f'@((string){ORDER}.Attribute("none") ?? "-")', "-"),
    (f'@({ORDER}.Element("Note").Value)', " <b> "),
    (f'@({ORDER}.Elements("Line").Sum(l => (int)l))', 7),
    (f'@(string.Join(",", {ORDER}.Elements("Line").Select(l => l.Value)))', "2,5"),
    (f'@({DOC}.Descendants("Line").Last().Parent.Name == XName.Get("Order", "urn:orders"))', True),
    (f'@({DOC}.Elements().Elements().Elements("Line").Count())', 2),
    (f'@({DOC}.Elements().SelectMany(e => e.Elements()).FirstOrDefault(e => e.Name == "No")?.Value)', None),
    ('@(context.Request.Body.As<XDocument>().Root.Name.LocalName)', "Envelope"),
    ('@(context.Request.Body.As<XDocument>().Descendants("Line").First().Value)', "2"),
    ("@(XElement.Parse(\"<a><b x='1'/></a>\").HasElements)", True),
    ("@(XDocument.Parse(\"<a xmlns='u'><b/></a>\").Root.GetDefaultNamespace() == \"u\")", True),
    ("@(XDocument.Parse(\"<p:a xmlns:p='u'/>\").Root.GetNamespaceOfPrefix(\"p\").NamespaceName)", "u"),
    ('@((bool)XElement.Parse("<a>1</a>"))', True),
    ('@(XElement.Parse("<a>x<!-- c -->y</a>").Value)', "xy"),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "value"), VALUES)
def test_elements_attributes_and_names_are_told(expression, value):
    assert evaluate(expression, PARTS) == Evaluated(value)


THROWN = [
    (f'@({ORDER}.Element("None").Value)', "NullReferenceException"),
    (f'@((int){ORDER}.Element("None"))', "ArgumentNullException"),
    (f'@((int){ORDER}.Element("Note"))', "FormatException"),
    ('@(XElement.Parse("<a><b></a>").Value)', "XmlException"),
    ('@(XElement.Parse("<p:a/>").Value)', "XmlException"),
    ('@(XElement.Parse("").Value)', "XmlException"),
    ('@(XElement.Parse("{}").Value)', "XmlException"),
]


@pytest.mark.parametrize(("expression", "kind"), THROWN)
def test_what_is_no_xml_or_not_there_is_thrown(expression, kind):
    assert evaluate(expression, PARTS) == Failed(kind)


UNSETTLED = [
    f'@({ORDER}.Element("Blank").Value)',  # blank text is dropped or not
    f"@({DOC}.Value)",  # so are the blanks between elements
    f"@({DOC}.ToString())",
    '@(XElement.Parse("<!DOCTYPE a [<!ENTITY b \\"c\\">]><a>&b;</a>").Value)',
    '@(XElement.Parse("<a/>", LoadOptions.PreserveWhitespace).Value)',
    '@(XElement.Parse("<?xml version=\\"1.1\\"?><a/>").Name.LocalName)',
    "@(context.Request.Body.As<XNode>().ToString())",
    f"@({DOC})",
]


@pytest.mark.parametrize("expression", UNSETTLED)
def test_what_depends_on_more_than_the_text_is_unknown(expression):
    assert isinstance(evaluate(expression, PARTS), Unknown)


LARGE = {
    "nested deeply": "<a>" * 60_000,
    "with many elements": "<a>" + "<b/>" * 60_000 + "</a>",
    "with as many as are read": "<a>" + "<b><c/></b>" * 15_000 + "</a>",
    "with a long name": "<" + "a" * 900_000 + "/>",
    "with many namespaces": "".join(f"<a xmlns:n{place}='u'>" for place in range(140)) + "</a>" * 140,
}


@pytest.mark.parametrize("body", LARGE.values(), ids=LARGE.keys())
def test_large_xml_is_bounded(body):
    found = evaluate(
        f'@({DOC}.Descendants().SelectMany(e => e.Descendants()).Any(e => e.Name == "q"))',
        {"body": body},
    )
    assert isinstance(found, Unknown | Evaluated)
