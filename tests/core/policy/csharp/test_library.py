"""Formats, times, numbers and JSON as trees, as far as the versions that a gateway may run agree."""

import pytest

from console.core.policy.csharp import Evaluated, Failed, Unknown, evaluate

PARTS = {
    "now": "2026-07-01T10:30:05.250Z",
    "variables": {
        "doc": {
            "$type": "JObject",
            "json": '{"s": "x", "none": null, "list": [{"id": 1, "n": "x", "on": true}, {"id": 2, "n": "y"}], '
            '"deep": {"id": 9}}',
        },
        "nothing": None,
    },
}
DOC = '((JObject)context.Variables["doc"])'
NOW, ZONE = "DateTime.UtcNow", "TimeZoneInfo.FindSystemTimeZoneById"

VALUES = [
    # numbers as text
    ('@(string.Format("{0,5}|{1,-4}|{2:0.00}", "ab", 3, 3.14159))', "   ab|3   |3.14"),
    ('@($"{5,3}|{7:D3}|{255:x2}|{1234.5:N2}|{2:0.0#}")', "  5|007|ff|1,234.50|2.0"),
    ('@((1234567).ToString("N0") + (1.005).ToString("0.0"))', "1,234,5671.0"),
    ('@((-12).ToString("D4") + (1.5).ToString("R") + (1e15).ToString() + " " + 0.00001)', "-00121.51E+15 1E-05"),
    ("@(Convert.ToString(255, 16) + Convert.ToString(5, 2))", "ff101"),
    ('@(Convert.ToByte("ff", 16) + Convert.ToInt32(2.5) + Convert.ToInt32(3.5))', 261),
    ("@(Math.Round(2.5) + Math.Round(2.5, MidpointRounding.AwayFromZero))", 5.0),
    ("@(Math.Round(2.125, 2))", 2.12),
    ('@(int.Parse("7", CultureInfo.InvariantCulture) + int.Parse(" 8 ", NumberStyles.Integer))', 15),
    ('@{ int n; return int.TryParse("7", NumberStyles.Integer, CultureInfo.InvariantCulture, out n) ? n : 0; }', 7),
    ('@(char.ToUpper("abc"[0]) + "abc".Substring(1))', "Abc"),
    ("@(\"a-b_c\".IndexOfAny(new[] {'_', '-'}))", 1),
    ('@("/model/a/b".Split(new[] { "model/" }, 2, StringSplitOptions.None)[1].Split(new[] { \'/\' }, 2)[0])', "a"),
    # times
    (f'@({NOW}.ToString("yyyy-MM-ddTHH:mm:ss.fffK"))', "2026-07-01T10:30:05.250Z"),
    (f'@({NOW}.ToString("h:mm zzz"))', "10:30 +00:00"),
    (f'@({NOW}.ToString("ddd, dd MMM yyyy hh:mm tt", CultureInfo.InvariantCulture))', "Wed, 01 Jul 2026 10:30 AM"),
    ('@(new DateTime(2026, 1, 2).ToString("o"))', "2026-01-02T00:00:00.0000000"),
    ('@(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc).ToString("o"))', "2026-01-02T03:04:05.0000000Z"),
    ("@(new DateTime(2024, 1, 31).AddMonths(1).Day + new DateTime(2024, 2, 29).AddYears(1).Day)", 57),
    ('@(DateTime.ParseExact("20260305", "yyyyMMdd", CultureInfo.InvariantCulture).Day)', 5),
    ('@(DateTime.ParseExact("05/03/2026 7:08", "dd/MM/yyyy H:mm", null).Hour)', 7),
    (
        '@(DateTime.TryParseExact("5.3.26", "dd.MM.yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var d)'
        " && d.Day == 5)",
        False,
    ),
    ('@(DateTime.Parse("2026-03-05 10:11").Minute + DateTime.Parse("2026-03-05T10:11:12+02:00").Hour)', 19),
    (f'@(({NOW} - DateTime.Parse("2026-07-01T10:29:05.250")).TotalSeconds < 61)', True),
    ('@(TimeSpan.FromSeconds(90.5).ToString(@"hh\\:mm\\:ss\\.f"))', "00:01:30.5"),
    (f'@(TimeZoneInfo.ConvertTimeFromUtc({NOW}, {ZONE}("Central European Standard Time")).Hour)', 12),
    (f'@(TimeZoneInfo.ConvertTimeBySystemTimeZoneId({NOW}, "Eastern Standard Time").ToString("HH:mm"))', "06:30"),
    (f'@(TimeZoneInfo.ConvertTime({NOW}, {ZONE}("India Standard Time")).ToString("HH:mm"))', "16:00"),
    (
        f'@{{ DateTime local = DateTime.Parse("2026-01-15 12:00:00".Replace(" ", "T")); TimeZoneInfo zone = '
        f'{ZONE}("W. Europe Standard Time"); return new DateTimeOffset(TimeZoneInfo.ConvertTimeToUtc(local, zone))'
        '.ToString("o"); }',
        "2026-01-15T11:00:00.0000000+00:00",
    ),
    *[
        (f'@(TimeZoneInfo.ConvertTimeFromUtc(new DateTime({at}), {ZONE}("{zone}")).ToString("HH:mm"))', told)
        for zone, at, told in [
            ("Romance Standard Time", "2026, 3, 29, 0, 59, 59", "01:59"),
            ("Romance Standard Time", "2026, 3, 29, 1, 0, 0", "03:00"),
            ("Romance Standard Time", "2026, 10, 25, 0, 59, 59", "02:59"),
            ("Romance Standard Time", "2026, 10, 25, 1, 0, 0", "02:00"),
            ("Pacific Standard Time", "2026, 3, 8, 9, 59, 59", "01:59"),
            ("Pacific Standard Time", "2026, 3, 8, 10, 0, 0", "03:00"),
            ("Pacific Standard Time", "2026, 11, 1, 8, 59, 59", "01:59"),
            ("Pacific Standard Time", "2026, 11, 1, 9, 0, 0", "01:00"),
        ]
    ],
    (f'@(DateTime.Compare({NOW}, DateTime.Parse("2025-12-31")))', 1),
    (f"@(((DateTimeOffset){NOW}).ToUnixTimeSeconds())", 1782901805),
    # addresses
    ('@(new Uri("https://a.b").ToString() + new Uri("https://a.b?x=1").AbsoluteUri)', "https://a.b/https://a.b/?x=1"),
    ('@(new Uri("https://a.b:8080/c").Authority)', "a.b:8080"),
    # JSON as a tree
    (f"@({DOC}.Descendants().OfType<JProperty>().Count(p => p.Name == \"id\"))", 3),
    (f'@(string.Join(",", {DOC}.SelectTokens("$..id").Select(t => (string)t)))', "1,2,9"),
    (f'@((string){DOC}.SelectToken("$.list[?(@.id == 2)].n"))', "y"),
    (f"@({DOC}.SelectTokens(\"list[?(@.n=='x' && @.id<5 || @.on)]\").Count())", 1),
    (f"@((int){DOC}.SelectToken(\"['list'][1]['id']\"))", 2),
    (f'@({DOC}.SelectTokens("$.list[*].on").Count())', 1),
    (f'@({DOC}.SelectToken("$.list[7].n") == null)', True),
    (f'@({DOC}.Value<int>("zz") + {DOC}["deep"].Value<int>("id"))', 9),
    (f'@({DOC}.Value<bool>("zz"))', False),
    (f'@({DOC}["list"][0]["id"].Parent.Parent["n"].ToString())', "x"),
    (
        f'@{{ var d = {DOC}; d.Merge(JObject.Parse("{{\'s\':null,\'list\':[3],\'deep\':{{\'q\':1}},\'none\':2}}")); '
        'return (string)d["s"] + ((JArray)d["list"]).Count + d["deep"]["id"] + d["deep"]["q"] + d["none"]; }',
        "x3912",
    ),
    ('@(JToken.DeepEquals(JObject.Parse("{\'a\':1,\'b\':[null]}"), JObject.Parse("{\'b\':[null],\'a\':1}")))', True),
    (f'@{{ var d = {DOC}; d["s"].Replace("z"); d["list"][0].Replace(7); return "" + d["s"] + d["list"][0]; }}', "z7"),
    ('@{ var a = new JArray(1, 3); a.Insert(1, 2); a.AddFirst(0); return a.ToString(Formatting.None); }', "[0,1,2,3]"),
    (f"@{{ dynamic d = {DOC}; return d.Count == null && d.s != null && (string)d.list[0].n == (string)d.s; }}", True),
    (f'@((int)((dynamic){DOC}).deep.id)', 9),
    ('@((1, "a").Item2 + Tuple.Create(2, "b").Item2 + new Tuple<int, string>(3, "c").Item1)', "ab3"),
    ('@{ var t = (a: 1, b: "x"); var (c, d) = (t.a + 1, t.b); return d + c; }', "x2"),
    ('@{ (string, int) Of(string s) => (s, s.Length); return Of("abc").Item2; }', 3),
    ('@{ context.Trace("seen"); return 1; }', 1),
    ('@{ var n = 0; switch ("b") { case "a": case "b": n = 2; break; default: n = 3; break; } return n; }', 2),
    ('@{ var n = 0; switch ("z") { case "a": n = 1; break; case "b": default: n = 3; break; } return n; }', 3),
]  # fmt: skip


@pytest.mark.parametrize(("expression", "value"), VALUES)
def test_what_the_library_gives_is_given(expression, value):
    assert evaluate(expression, PARTS) == Evaluated(value)


THROWN = [
    (f'@({DOC}.SelectToken("$.list[*].n"))', "JsonException"),
    ('@(DateTime.ParseExact("2026-13-01", "yyyy-MM-dd", null).Day)', "FormatException"),
    ('@(DateTime.Parse(" "))', "FormatException"),
    ('@(Convert.ToByte("1ff", 16))', "OverflowException"),
    ("@(new JArray(1).Insert(5, 2))", "ArgumentOutOfRangeException"),
]


@pytest.mark.parametrize(("expression", "kind"), THROWN)
def test_what_the_library_throws_is_thrown(expression, kind):
    assert evaluate(expression, PARTS) == Failed(kind)


UNSETTLED = [
    "@((0.1 + 0.2).ToString())",  # fifteen digits, or all
    '@((2.675).ToString("F2"))',
    '@((-0.001).ToString("F2"))',
    '@((0.125).ToString("F2"))',
    '@((0.256).ToString("P0"))',
    "@(Math.Round(2.345, 2))",
    '@(int.Parse("1,000", NumberStyles.AllowThousands))',
    '@(int.Parse("1F", NumberStyles.HexNumber))',
    '@(Convert.ToString(context.Variables["nothing"]))',
    "@{ uint u = 5; return u - 6; }",
    f'@({NOW}.ToString("dddd"))',
    f'@({NOW}.ToString("G"))',
    '@(DateTime.Parse("03/05/2026").Day)',
    '@(DateTime.Parse("2026-03-05T10:11:12Z").ToString("o"))',  # a local time, whose offset is the gateway's
    '@(DateTimeOffset.Parse("2026-03-05T10:11:12+02:00").Hour)',
    f'@({ZONE}("Nowhere Standard Time") == null)',
    f'@(TimeZoneInfo.ConvertTimeToUtc({NOW}, {ZONE}("Tokyo Standard Time")).Hour)',
    f'@(TimeZoneInfo.ConvertTimeToUtc(new DateTime(2026, 3, 29, 2, 30, 0), {ZONE}("Romance Standard Time")).Hour)',
    f'@(TimeZoneInfo.ConvertTimeToUtc(new DateTime(2026, 10, 25, 2, 30, 0), {ZONE}("Romance Standard Time")).Hour)',
    f'@(TimeZoneInfo.ConvertTimeFromUtc(new DateTime(2041, 1, 1), {ZONE}("Romance Standard Time")).Hour)',
    '@(new Uri("https://A.B/C").AbsoluteUri)',
    '@(new Uri("https://a.b:443/c").ToString())',
    '@(new Uri("https://a.b/c/../d").AbsolutePath)',
    '@(new Uri("https://a.b/%41").AbsolutePath)',
    f'@({DOC}.SelectTokens("$.list[-1:]").Count())',
    f"@({DOC}.SelectTokens(\"$.list[?(@.n =~ /x/)]\").Count())",
    f"@({DOC}.SelectTokens(\"$.list[?(@.n == 1)]\").Count())",
    f"@({DOC}.SelectTokens(\"$.deep[?(@.id == 9)]\").Count())",
    '@(JToken.DeepEquals(new JValue(1), new JValue(1.0)))',
    f'@{{ dynamic d = {DOC}; return d.none == null; }}',
    f'@{{ dynamic d = {DOC}; return d.s == "x"; }}',
]  # fmt: skip


@pytest.mark.parametrize("expression", UNSETTLED)
def test_where_versions_or_cultures_differ_nothing_is_told(expression):
    assert isinstance(evaluate(expression, PARTS), Unknown)


GROWING = [
    "@(JObject.Parse(\"" + "{'a':" * 60 + "1" + "}" * 60 + "\").SelectTokens(\"$" + "..a" * 60 + "\").Count())",
    '@{ var a = new JArray(); for (var i = 0; i < 15; i++) { a.Add(1); a.Merge(a); } return a.Count; }',
    '@{ var s = "1"; for (var i = 0; i < 40; i++) { s = $"{s,999}{s,999}"; } return s.Length; }',
]  # fmt: skip


@pytest.mark.parametrize("expression", GROWING)
def test_what_grows_by_itself_is_not_known_after_bounded_work(expression):
    assert isinstance(evaluate(expression, PARTS), Unknown)
