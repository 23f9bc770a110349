"""The table of sample tokens: what is expected of each row, and what the kept policy says now."""

from typing import Any

from console.core.policy.engine.model import Verdict
from console.core.policy.keep.samples import Sample
from console.services.api_policies import ApiPolicy, JudgedSample
from console.web.forms.policies import SampleForm
from console.web.present import words
from console.web.present.policies import without

_WORDS = {Verdict.ALLOW: "let through", Verdict.REJECT: "refused", Verdict.UNDECIDED: "cannot be told"}


def table_view(opened: ApiPolicy, rows: list[JudgedSample]) -> dict[str, Any]:
    """Rows with a form each for who may manage the Api."""
    differing = sum(not row.agrees for row in rows)
    view: dict[str, Any] = without(
        {
            "rows": [_row(row) for row in rows],
            "summary": f"{differing} of {len(rows)} not as expected" if differing else f"all {len(rows)} as expected",
            "tone": "fail" if differing else "pass",
        },
        opened.hidden,
    )
    if opened.can_manage:
        for shown, row in zip(view["rows"], rows, strict=True):
            shown["form"] = _form(row.sample)
    return view


def _row(row: JudgedSample) -> dict[str, Any]:
    sample = row.sample
    return {
        "id": sample.id,
        "name": sample.name,
        "expected": "nothing" if sample.expects is Verdict.UNDECIDED else _told(sample.expects, sample.reason),
        "now": _told(row.trace.verdict, row.trace.reason) if row.trace else "the policy cannot be stored",
        "agrees": row.agrees,
        "tone": "pass" if row.agrees else "fail",
        "as_of": words.exact(sample.judged_at),
        "signature": "taken as valid" if sample.is_verified else "not verified when it was made",
        "form": None,
    }


def _told(verdict: Verdict, reason: str) -> str:
    return f"{_WORDS[verdict]}: {reason}" if reason else _WORDS[verdict]


def _form(sample: Sample) -> SampleForm:
    initial = {"name": sample.name, "expects": sample.expects.value, "reason": sample.reason}
    return SampleForm(initial=initial, auto_id=f"row-{sample.id}-%s")
