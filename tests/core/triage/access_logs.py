"""The same made rows as servers and balancers write them, a line each: statuses, times and callers, and no reason."""

from tests.core.triage.made import iso


def _written(line, at, first=""):
    def written(rows):
        said = [
            line.format(
                at=at(row),
                ip=row.caller,
                method=row.method,
                path=row.path,
                status=row.status,
                api=row.api,
                backend=row.backend or "-",
                day=f"{row.at:%Y-%m-%d}",
                time=f"{row.at:%H:%M:%S}",
                stem=row.path.split("?")[0],
            )
            for row in rows
        ]
        return "\n".join([first, *said] if first else said).encode()

    return written


def clf(row):
    return row.at.strftime("%d/%b/%Y:%H:%M:%S +0000")


COMBINED = '{ip} - - [{at}] "{method} {path} HTTP/1.1" {status} 12 "-" "curl/8.5"'
W3C = "#Version: 1.0\n#Fields: "
STATUSES = {
    "apache-common": _written('{ip} - - [{at}] "{method} {path} HTTP/1.1" {status} 12', clf),
    "nginx-combined": _written(COMBINED, clf),
    "nginx-forwarded": _written(COMBINED + ' "203.0.113.9" rt=0.003 uct="0.000" urt="0.003"', clf),
    "nginx-ingress": _written(
        f"{COMBINED} 431 0.003 [default-{{api}}-80] [] 10.1.0.7:8080 12 0.003 {{status}} 7f0c1a52e1f3",
        clf,
    ),
    "nginx-host-first": _written(f"{{api}}.example:443 {COMBINED}", clf),
    "traefik-common": _written(COMBINED + ' 15 "{api}@docker" "http://10.0.0.2:80" 3ms', clf),
    "envoy-default": _written(
        '[{at}] "{method} {path} HTTP/1.1" {status} - 0 26 1 - "{ip}" "curl/8.5" "6f3-a1" "{api}" "10.0.0.9:80"', iso
    ),
    "aws-alb": _written(
        "https {at} app/lb/50dc6c495c0c9188 {ip}:48160 10.0.0.66:9000 0.086 0.048 0.037 {status} {backend} 0 57 "
        '"{method} https://api.example:443{path} HTTP/1.1" "curl/7.46.0" ECDHE-RSA-AES128 TLSv1.2 arn:aws:tg '
        '"Root=1-58337281" "{api}" "arn:aws:acm" 1 {at} "authenticate,forward" "-" "-" "10.0.0.66:9000" "200" "-" "-"',
        lambda row: iso(row)[:-2] + "Z",
    ),
    "aws-elb": _written(
        "{at} my-lb {ip}:2817 10.0.0.1:80 0.000073 0.001048 0.000057 {status} {status} 0 29 "
        '"{method} https://api.example:443{path} HTTP/1.1" "curl/7.38.0" - -',
        lambda row: iso(row)[:-2] + "Z",
    ),
    "aws-cloudfront": _written(
        "{day}\t{time}\tFRA2\t1045\t{ip}\t{method}\td111.cloudfront.net\t{stem}\t{status}\t-\tcurl\tError",
        clf,
        W3C + "date time x-edge-location sc-bytes c-ip cs-method cs(Host) cs-uri-stem sc-status cs(Referer) "
        "cs(User-Agent) x-edge-result-type",
    ),
    "iis": _written(
        "{day} {time} 10.0.0.5 {method} {stem} - 443 - {ip} curl/8 {status} 2 5 13",
        clf,
        W3C + "date time s-ip cs-method cs-uri-stem cs-uri-query s-port cs-username c-ip cs(User-Agent) sc-status "
        "sc-substatus sc-win32-status time-taken",
    ),
    "haproxy": _written(
        "Nov 28 08:00:00 lb haproxy[14389]: {ip}:33317 [{at}] in~ {api}/srv1 10/0/30/69/109 {status} 2750 - - ---- "
        '1/1/1/1/0 0/0 "{method} {path} HTTP/1.1"',
        lambda row: row.at.strftime("%d/%b/%Y:%H:%M:%S.") + f"{row.at.microsecond // 1000:03d}",
    ),
    "uvicorn": _written('{at} INFO:     {ip}:43210 - "{method} {path} HTTP/1.1" {status} Unauthorized', iso),
    "container-lines": _written(f"{{day}}T{{time}}.5Z stdout F {COMBINED}", clf),
    "docker-lines": _written(
        '{{"log":"{ip} - - [{at}] \\"{method} {path} HTTP/1.1\\" {status} 12\\n","stream":"stdout",'
        '"time":"{day}T{time}.5Z"}}',
        clf,
    ),
    "with-words-between": _written(
        "{day} {time},120 INFO started {api}\n" + COMBINED, clf, "2026-11-28 04:59:59,000 INFO listening"
    ),
    "no-header": _written('"{at}";{status};{method};{path};{ip};x', iso),
}
