"""What C# and .NET give for parts of the language and of the library that published policies use more seldom."""

import base64
import json

import pytest

from console.core.policy.csharp import Evaluated, Failed, Unknown, evaluate


def part(value):
    return base64.urlsafe_b64encode(json.dumps(value).encode()).rstrip(b"=").decode()


BASIC = base64.b64encode(b"ann:s3:cret").decode()
TOKEN = f"{part({'alg': 'RS256'})}.{part({'iat': 1767225540, 'exp': 1767229200, 'groups': ['g1', 'g2']})}.c2ln"
PARTS = {
    "method": "GET",
    "original_url": "https://gw.example/orders/7?a=1",
    "now": "2026-01-01T00:00:00Z",
    "headers": {"X-Basic": [f"Basic {BASIC}"], "X-Two": ["a", "b"], "Authorization": [f"Bearer {TOKEN}"]},
    "body": "grant_type=client_credentials&scope=a+b",
    "certificate": {"thumbprint": "AB", "subject": "CN=partner, O=Example", "issuer": "CN=Example CA"},
    "variables": {
        "doc": {
            "$type": "JObject",
            "json": '{"list": ["p", "q"], "map": {"k": "v"}, "mixed": [1, "x", null], "deep": {"a b": [7]}}',
        },
        "rows": {"$type": "JArray", "json": '[{"id": 1, "n": "x"}, {"id": 2, "n": "y"}, {"id": 3, "n": "x"}]'},
    },
}
DOC, ROWS = '((JObject)context.Variables["doc"])', '((JArray)context.Variables["rows"])'
JWT = 'context.Request.Headers["Authorization"][0].AsJwt()'

VALUES = [
    # credentials, certificate, body
    ('@(context.Request.Headers["X-Basic"][0].AsBasic().UserId)', "ann"),
    ('@(context.Request.Headers.GetValueOrDefault("X-Basic","").AsBasic()?.Password)', "s3:cret"),
    ('@(context.Request.Headers.GetValueOrDefault("Authorization","").AsBasic() == null)', True),
    ('@("Basic bm9jb2xvbg==".AsBasic() == null)', True),
    ('@("Basic ?!".TryParseBasic(out var c))', False),
    (
        '@{ BasicAuthCredentials c; return context.Request.Headers["X-Basic"][0].TryParseBasic(out c) ? c.UserId : "";'
        " }",
        "ann",
    ),
    ("@(context.Request.Certificate.SubjectName.Name)", "CN=partner, O=Example"),
    ('@(context.Request.Certificate.IssuerName.Name.Contains("Example CA"))', True),
    ('@(context.Request.Body.AsFormUrlEncodedContent(preserveContent: true)["scope"].First())', "a b"),
    ('@(context.Request.Body.AsFormUrlEncodedContent().ContainsKey("code"))', False),
    (f"@({JWT}.IssuedAt < DateTime.UtcNow)", True),
    (f"@({JWT}.ExpirationTime.Value > DateTime.UtcNow)", True),
    (f'@({JWT}.Claims["groups"].Intersect(new[] {{ "g2", "g9" }}).Any())', True),
    (f'@({JWT}.Claims.GetValueOrDefault("groups", "").Contains("g2"))', True),
    (f"@({JWT}.Claims.GetValueOrDefault(\"groups\", \"\").Split(',')[0])", "g1"),
    ('@(context.Request.Headers.GetValueOrDefault("X-Two", "") == "a")', False),
    ('@(context.Request.Method.StartsWith("G").ToString().Equals(Boolean.TrueString))', True),
    # statements
    ("@{ int i = 0; do { i++; if (i == 2) continue; } while (i < 3); return i; }", 3),
    ("@{ for (int i = 0, j = 5; i < j; i++, j--) { if (i == 2) return j; } return -1; }", 3),
    ("@{ int i; for (i = 4; i > 0; i -= 3) { } return i; }", -2),
    ('@{ string F(string a) => a + "!"; return F(F("x")); }', "x!!"),
    ("@{ return Twice(3); int Twice(int n) { return n * 2; } }", 6),
    ("@{ long Wide(long n) { return n; } return Wide(3) + 2147483647; }", 2147483650),
    ('@{ string[] roles = { "a", "b" }; return roles.Contains("b"); }', True),
    ("@{ int? n = null; return n.HasValue; }", False),
    ("@{ int? n = 5; return n.HasValue && n.Value + 1 == 6; }", True),
    ('@{ try { throw new Exception("boom"); } catch (Exception e) { return e.Message; } }', "boom"),
    (f'@{{ foreach (KeyValuePair<string, JToken> p in {DOC}) {{ return p.Key; }} return ""; }}', "list"),
    ('@{ var n = 0; foreach (var h in context.Request.Headers) { n += h.Value.Length; } return n; }', 4),
    ('@{ foreach (var p in new Dictionary<string, string> { ["a"] = "b" }) { return p.Value; } return ""; }', "b"),
    # operators
    ("@((5 & 1) + (1 << 3) + (5 | 2) + (6 ^ 3) + (-16 >> 2) + ~5)", 1 + 8 + 7 + 5 - 4 - 6),
    ("@(true ^ true)", False),
    ("@(nameof(context.Request))", "Request"),
    # JSON
    (f'@({DOC}["mixed"].ToObject<object[]>().Length)', 3),
    (f"@({ROWS}.ToObject<JObject[]>().Length)", 3),
    (f'@({ROWS}.ToObject<List<JObject>>()[1]["n"].ToString())', "y"),
    (f'@({DOC}["map"].ToObject<Dictionary<string, string>>()["k"])', "v"),
    (f'@({ROWS}.Cast<JObject>().Count(o => (string)o["n"] == "x"))', 2),
    (f'@({ROWS}.OfType<JObject>().Any(o => (int)o["id"] == 3))', True),
    (f"@({DOC}.SelectToken(\"$['map']['k']\").ToString())", "v"),
    ('@(JsonConvert.DeserializeObject<List<string>>("[\\"a\\"]").Contains("a"))', True),
    ('@(JsonConvert.DeserializeObject<Dictionary<string, int>>("{\\"a\\": 2}")["a"])', 2),
    # sequences
    ("@(\"a b c\".Split(' ').ElementAtOrDefault(1))", "b"),
    ("@(\"a b c\".Split(' ').ElementAtOrDefault(7) == null)", True),
    ("@(\"a=b=c\".Split(new[] { '=' }, 2)[1])", "b=c"),
    ("@(\"a=b=c\".Split('=', 2).Length)", 2),
    ("@(new[] { 1, 2, 3 }.Aggregate((a, b) => a * 10 + b))", 123),
    ('@(new[] { "a", "b" }.Aggregate("", (all, one) => all + one))', "ab"),
    ("@(new[] { 1, 2, 3, 1 }.TakeWhile(x => x < 3).Count() + new[] { 1, 2, 3, 1 }.SkipWhile(x => x < 3).Count())", 4),
    ('@(new[] { 1, 2 }.Zip(new[] { "a", "b" }, (n, s) => s + n).Last())', "b2"),
    ("@(new[] { 1, 2 }.SequenceEqual(new[] { 1, 2 }))", True),
    ('@(new string[0].DefaultIfEmpty("none").First())', "none"),
    (f'@({ROWS}.ToDictionary(o => (int)o["id"], o => (string)o["n"])[2])', "y"),
    ('@(string.Join("", new[] { "b", "c", "a" }.OrderByDescending(x => x)))', "cba"),
    ('@("abc1".All(char.IsLetterOrDigit))', True),
    ('@(new[] { "1", "2" }.Select(int.Parse).Sum())', 3),
    ('@(new HashSet<string>(new[] { "a", "b" }, StringComparer.OrdinalIgnoreCase).Contains("A"))', True),
    ('@{ var s = new HashSet<string> { "a", "a" }; return !s.Add("a") && s.Count == 1; }', True),
    ('@(new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { { "A", 1 } }["a"])', 1),
    (
        '@{ var l = new List<string>(); l.AddRange(new[] { "x", "y" }); l.Remove("x"); l.Insert(0, "z"); l.RemoveAt(1);'
        ' return string.Join(",", l); }',
        "z",
    ),
    ('@(new List<string> { "a", "b" }.FindIndex(x => x == "b") + Array.IndexOf(new[] { "a", "b" }, "b"))', 2),
    ('@(Array.Exists(new[] { "a" }, x => x == "a") && new List<int> { 4 }.Find(x => x > 3) == 4)', True),
    ('@(string.Concat(Enumerable.Repeat("ab", 2)))', "abab"),
    (f'@(string.Join(",", {ROWS}.GroupBy(o => (string)o["n"]).Select(g => g.Key + g.Count())))', "x2,y1"),
    ("@(new[] { 1, 2 }.Average())", 1.5),
    (f'@(string.Join(",", {DOC}.SelectTokens("$.list[*]").Select(t => t.ToString())))', "p,q"),
    (f'@({DOC}.SelectTokens("map.*").Count())', 1),
    (f'@{{ var d = {DOC}; d["list"][0].Remove(); return d["list"].Count(); }}', 1),
    ('@(new Uri("https://h.example/a/b?x=1").Segments.Last() + new Uri("https://h/a?b").PathAndQuery)', "b/a?b"),
    ("@(context.Request.OriginalUrl.ToUri().AbsolutePath)", "/orders/7"),
    # texts
    ('@(Regex.Matches("a1b22", @"\\d+")[1].Value)', "22"),
    ('@(Regex.Split("a1b2c", @"\\d").Last())', "c"),
    ('@(Regex.Replace("/v1/orders/7", "^/v(\\\\d)/(.*)$", "/$2?v=$1"))', "/orders/7?v=1"),
    ('@(string.Format("{0:D3}-{1:yyyy-MM-dd}", 5, DateTime.UtcNow))', "005-2026-01-01"),
    ('@{ var b = new StringBuilder(); b.Append("a").AppendFormat("{0}-{1}", "x", 2); return b.ToString(); }', "ax-2"),
    ('@(System.Net.WebUtility.UrlEncode("a b&/ü") + System.Net.WebUtility.UrlDecode("a+b%26"))', "a+b%26%2F%C3%BCa b&"),
    ('@(System.Net.WebUtility.HtmlEncode("<a href=\\"x\\">&\'"))', "&lt;a href=&quot;x&quot;&gt;&amp;&#39;"),
    ('@(Uri.EscapeUriString("https://h/a b?x=1&y=[2]"))', "https://h/a%20b?x=1&y=[2]"),
    ('@(Convert.ToInt32("ff", 16) + Convert.ToInt32("101", 2))', 260),
    # times
    ('@(DateTime.UtcNow.DayOfWeek == DayOfWeek.Thursday && (int)DateTime.UtcNow.DayOfWeek == 4)', True),
    ('@(DateTime.UtcNow.ToString("R"))', "Thu, 01 Jan 2026 00:00:00 GMT"),
    ('@(DateTime.UtcNow.AddHours(1).ToString("o"))', "2026-01-01T01:00:00.0000000Z"),
    ('@(DateTimeOffset.UtcNow.ToString("O"))', "2026-01-01T00:00:00.0000000+00:00"),
    ('@(DateTime.UtcNow.TimeOfDay < TimeSpan.Parse("08:30"))', True),
    ('@(DateTime.TryParse("2026-02-03T00:00:00Z", out var at) && at.DayOfYear == 34)', True),
    ("@(Math.Floor(2.7) + Math.Ceiling(2.2) + Math.Round(2.5) + Math.Pow(2, 3))", 15.0),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "value"), VALUES)
def test_what_c_sharp_gives_is_given(expression, value):
    assert evaluate(expression, PARTS) == Evaluated(value)


THROWN = [
    ('@(context.Request.Headers["Authorization"][0].AsBasic().UserId)', "NullReferenceException"),
    ("@{ int? n = null; return n.Value; }", "NullReferenceException"),
    (f'@({DOC}["map"].ToObject<Dictionary<string, string>>()["none"])', "KeyNotFoundException"),
    ("@(new List<int>().ToDictionary(x => x)[1])", "KeyNotFoundException"),
    ("@{ var l = new List<string>(); l.RemoveAt(0); return 1; }", "ArgumentOutOfRangeException"),
    ('@{ throw new InvalidOperationException("no"); }', "InvalidOperationException"),
]


@pytest.mark.parametrize(("expression", "kind"), THROWN)
def test_what_c_sharp_throws_is_thrown(expression, kind):
    assert evaluate(expression, PARTS) == Failed(kind)


UNSETTLED = [
    '@(context.Request.Headers.GetValueOrDefault("X-Two", ""))',  # "a,b" or "a, b"
    f"@({JWT}.Claims.GetValueOrDefault(\"groups\", \"\").Split(',').Contains(\"g2\"))",
    '@(DateTime.UtcNow.ToString("ddd"))',  # the names of days and months are the culture's
    '@(DateTime.UtcNow.ToString("dd MMM yyyy"))',
    '@(DateTime.UtcNow.ToString("hh:mm tt"))',
    f"@({ROWS}.ToObject<Order>())",
    f"@({ROWS}.ToObject<Order[]>().Length)",
    "@{ int? n = null; return n.GetValueOrDefault(); }",
    '@(new[] { "b", "A" }.OrderBy(x => x).First())',
    '@(new HashSet<string>(StringComparer.CurrentCultureIgnoreCase).Count)',
    '@(new Dictionary<string, int>(StringComparer.InvariantCulture).Count)',
    '@(Regex.Replace("a", "a", "$&"))',
    '@(Regex.Matches("abc", "x*").Count)',
    "@(Math.Round(2.345, 2))",
    '@{ string F(string a = "x") { return a; } return F(); }',
    "@{ int F(int n) { return F(n + 1); } return F(0); }",
    '@("Basic AAAAAAAA".AsBasic() == null)',  # so a withheld value looks to an expression
    '@(Math.Pow(10, 400) > 1)',
    "@(1 << 31)",
]  # fmt: skip


@pytest.mark.parametrize("expression", UNSETTLED)
def test_what_is_not_settled_is_unknown(expression):
    assert isinstance(evaluate(expression, PARTS), Unknown)
