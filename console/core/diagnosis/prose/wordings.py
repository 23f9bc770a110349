"""How people word that something works, was tried, is asked, wished or supposed. Data only.

Rows of an aspect and a pattern for a clause in lower case: the first that fits decides. `{I}` stands for whoever tells,
with his helping verbs.
"""

I = (  # noqa: E741 whoever tells
    r"\b(?:i|we)(?:'ve|'m|'re|'d)?"
    r"(?: (?:have|had|also|already|just|even|then|first|myself|am|are|was|were|can|could|do|did)){0,3}"
)
WORDINGS: tuple[tuple[str, str], ...] = (
    ("asked", r"\b(?:wonder(?:ing)?|not sure|unsure|no idea|find out|unclear|curious)"
              r" (?:if|whether|how|what|which|where)\b"),
    ("asked", r"\b(?:don't|do not|didn't) (?:know|understand) (?:if|whether|how|what|which|where)\b"),
    ("asked", r"\bfigure out (?:if|whether|how|what|which|where)\b|\bhow (?:do|can|to|should)\b"),
    ("supposed", r"^(?:and |or )?(?:even )?(?:if|unless|in case|suppose|assuming|imagine)\b|\bwhether\b"),
    ("supposed", r"\b(?:would|wouldn't)\b|\b(?:thought|assumed|believed|figured|hoped)\b|\bas if\b"),
    ("advised", r"^(?:and |or )?(?:please |just )?(?:make sure|ensure|check|verify|try|use|add|remember|note|see|follow"
                r"|go to|open|create|keep|avoid|do not|don't|never|always)\b"),
    ("advised", r"\byou (?:need|have to|must|should|can|could|may|might|want)\b"),
    ("expected", r"\b(?:usually|normally|typically|generally|in general|in theory|by default|according to)\b"),
    ("expected", r"\b(?:docs?|documentation|spec|specification|rfc|tutorial|article|guide|manual)\b"),
    ("expected", r"\bshould(?:n't)?\b|\bsupposed to\b|\bis expected\b|\bmust\b"),
    ("expected", r"{I} (?:want|wanted|expect|expected|expecting|need|needed|like|hope|wish|plan|trying)\b"),
    ("elsewhere", r"\b(?:colleague|coworker|co-worker|somebody|someone|others)\b"),
    ("elsewhere", r"\bother (?:people|users?|teams?|apps?|clients?|customers?)\b"),
    ("elsewhere", r"\banother (?:user|team|app|client|customer|machine)\b"),
    ("elsewhere", r"\b(?:last (?:week|month|year|time)|previously|earlier|used to|in the past|ago|(?<!since )yesterday"
                  r"|formerly)\b"),
    ("works", r"\b(?:not|n't)(?: yet| even| actually)? (?:expired|wrong|missing|revoked|blocked|disabled|invalid|it|so"
              r"|true|needed|required|necessary|involved|relevant|the (?:problem|issue|cause|reason|case))\b"),
    ("works", r"\b(?:no|without(?: any)?) (?:problems?|errors?|issues?|trouble)\b"),
    ("works", r"^(?:and |but )?(?:even (?:though|after|with|when)|although|though|despite|in spite of)\b"),
    ("works", r"\b(?:valid|good) until\b|\brule[sd]? out\b"),
    ("tried", r"{I} (?:tried|checked|verified|added|created|renewed|rotated|updated|changed|replaced|configured"
              r"|registered|granted|assigned|made|removed|regenerated|redeployed|restarted|followed|double-checked|confirmed|tested"
              r"|looked|searched|enabled|disabled|set|switched|uploaded|gave|given|validated|compared)\b"),
    ("tried", r"\btr(?:y|ied|ying) (?:to|with|out|a|an|the|this|that|it)\b"),
    ("tried", r"\b(?:no luck|to no avail|not help|n't help)\b"),
    ("suspected", r"\b(?:i|we) (?:think|guess|suspect|believe|feel)\b"),
    ("suspected", r"\b(?:maybe|perhaps|probably|possibly|presumably)\b|\b(?:might|could|may)(?: not)? (?:be|have)\b"),
    ("suspected", r"\b(?:seems?|sounds? like|looks? like|appears?)\b"),
)  # fmt: skip
# Whoever sees something tells of it; whoever does something tells of what he does.
SEES = (
    r"{I}(?:n't| not| no longer)? "
    r"(?:see|saw|seen|find|found|get|got|getting|receive|received|noticed|notice|realized|keep|kept)\b"
)
ACTS = r"{I}(?:n't| not| never)? (?!(?:been|being)\b)[a-z]{2,20}\b"
ASKS = (
    r"(?:is|are|was|does|do|did|can|could|should|has|have|what|which|where|who|how|any|anyone|am|will|would|may|must)"
)
OUTCOME = (
    r"\b(?:gets?|got|getting|gives?|gave|returns?|returned|throws?|threw|answers?|answered|responds?|responded|receives?"
    r"|received|ends? (?:in|with))\b.{0,40}\b(?:[45]\d\d|unauthori[sz]ed|forbidden)\b"
    r"|\bfail(?:s|ed|ing)? (?:on|at|with|for|in)\b"
)
GOOD = (
    "match matches matched matching allowed accepted valid validated verified verifies trusted supported equal equals "
    "recognized recognised registered permitted correct authorized authorised configured acceptable exists exist "
    "assigned corresponds same enabled resolved compatible consented fine ok okay right works working worked succeeds "
    "succeeded successfully successful present fresh granted set good perfectly complete 200 201 204 great identical "
    "active up"
)
BAD = "error 401 403 400 500 cannot only other another stale malformed"
# What programs say nothing of, in any letter case.
PERSONAL = (
    r"(?:i|i'm|i've|i'd|my|mine)\b",
    r"we(?:'re|'ve)? "
    r"(?:(?:also|already|just|even|still|only|always|then|now|do not|don't|did not|didn't|have|are) ){0,3}"
    r"(?:use|using|call|calling|get|getting|send|sending|see|seeing|try|tried|check|checked|change|changed|create|created"
    r"|run|running|host|deploy|deployed|renewed|rotated|configured|added|set|registered|granted|switched|moved|migrated"
    r"|upgraded|integrate|want|need|plan|think|wonder|know|noticed|found|suspect|assume|assumed|thought|sure)\b",
    r"our (?:api|app|application|gateway|client|token|backend|service|server|tenant|customer|team|code|setup|policy"
    r"|proxy|config|configuration|frontend|own|side|end|partner|vendor|integration)s?\b",
    r"(?:works?|worked|fine|still get|still getting|still (?:40\d|fails?|the same))\b",
    r"even (?:though|after|if|when)\b|every (?:few|time|day|hour)\b",
    r"after (?:a|about|some|every|each) (?:few |couple of )?(?:while|minutes?|hours?|days?|weeks?|months?)\b",
    r"(?:however|although|turns out|turned out|colleague|somebody|someone|anyone|thanks)\b",
    r"(?:maybe|perhaps|whereas|so far|sort of)\b",
    r"(?:yesterday|last week|suddenly|weird|strange|strangely|usually|sometimes|postman|localhost|the portal)\b",
    r"(?:the docs|documentation says|sounds like|looks like|am sure|are sure|not sure)\b",
    r"should (?:only |also |not ){0,2}(?:be )?"
    r"(?:tell|say|return|returned|answer|give|get|able|rejected|refused|accepted)\b",
    r"(?:used to (?:work|return|get|be)|previously|this (?:pr|patch|fix|change|is wrong|is not the right))\b",
    r"(?:is|are|looks?) (?:right|correct|ok|okay|good)\b(?! (?:or|format))",
)
