"""What a file of cases may cost, both ways; and texts of it that are longer than a case keeps."""

import gzip
import json

import pytest

from console.core.actor import Role
from console.core.cases.file_format import FORMAT, MAX_UPLOAD
from console.core.diagnosis import read_evidence
from console.core.errors import Busy, NotAllowed
from console.models import AuditEntry, Case, CaseAsk, CaseComment, CaseOrigin
from console.services import case_files, cases
from tests.services.builders import person, with_samples
from tests.services.test_case_evidence import CALL, NOW

pytestmark = pytest.mark.django_db

SECRET = "Xyz8Q~0123456789abcdefghijklmnopqrstuvwx"
BEGINNING = SECRET[:12]
PERSON = "jane.doe@bank.example"


@pytest.fixture
def owner(time_machine):
    time_machine.move_to(NOW, tick=False)
    return with_samples()


@pytest.fixture
def support():
    return person("sam@example.com", Role.SUPPORT)


def large(owner, size):
    whole = {**CALL, "response": {**CALL["response"], "body": "many words " * (size // 11)}}
    return cases.create_of(owner, read_evidence(whole), title="T", note="").id


def test_cases_that_are_too_large_for_one_file_are_not_even_read(owner, support, monkeypatch):
    assert case_files.MAX_UPLOAD == MAX_UPLOAD == 10 * 1024**2
    monkeypatch.setattr(case_files, "MAX_UPLOAD", 1024**2)
    ids = [large(owner, 400_000) for _ in range(3)]
    assert len(case_files.export(support, ids[:2], with_names=False)) <= 1024**2
    before = AuditEntry.objects.count()
    monkeypatch.setattr(case_files.cases, "get_several", None)
    with pytest.raises(NotAllowed, match="too large for one file") as refused:
        case_files.export(support, ids, with_names=False)
    assert "1.1 MB or more" in refused.value.why and "up to 1 MB" in refused.value.why
    assert refused.value.do == "Export them in several files." and AuditEntry.objects.count() == before


def test_a_file_that_grows_as_it_is_written_is_refused_as_well(owner, support, monkeypatch):
    monkeypatch.setattr(case_files, "MAX_UPLOAD", 400_000)
    many = {**CALL, "token_claims": {"iss": "https://idp.example/", "groups": ["a"] * 50_000}}
    one = cases.create_of(owner, read_evidence(many), title="T", note="").id
    with pytest.raises(NotAllowed, match="This case is too large") as refused:
        case_files.export(support, [one], with_names=False)
    assert "ticket" in refused.value.do


def test_writing_a_long_file_waits_for_its_place_as_other_work_does(owner, support, monkeypatch):
    one = large(owner, 100_000)
    monkeypatch.setattr("console.adapters.slots.THINKERS.each", 0)
    with pytest.raises(Busy):
        case_files.export(support, [one], with_names=False)


def test_a_packed_file_counts_by_what_it_holds(support, monkeypatch):
    counted = []
    monkeypatch.setattr("console.services.budget.keep", lambda actor, size: counted.append(size))
    text = file_of(note="word " * 100_000)
    case_files.import_file(support, gzip.compress(text.encode()))
    assert counted == [len(text)]


def file_of(**case):
    told = {"title": "T", "evidence": {}, **case}
    return json.dumps({"format": FORMAT, "version": 1, "origin": "https://there.example", "cases": [told]})


def across(most, value):
    """A text that a cut at `most` would go through the middle of."""
    return f"{'word ' * most}"[: most - len(value) // 2] + f" {value} and more"


@pytest.mark.parametrize("most", [200, 4000])
def test_a_secret_or_person_across_the_place_where_a_text_is_cut_leaves_no_half(support, most):
    secret, name = across(most, SECRET), across(most, PERSON)
    asked = [dict.fromkeys(("what", "why", "how", "command"), text) for text in (secret, name)]
    talk = [{"kind": kind, "by": secret, "text": secret} for kind in ("comment", "solved", "added", "unheard-of")]
    names = dict.fromkeys(("title", "api", "profile"), f"{name}")
    whole = {"note": secret, "owner": secret, "sentence": secret, "state": "solved", "conversation": talk}
    added = [{"evidence": {"http_status": 401}, "by": secret}]
    for words in (names, dict.fromkeys(names, secret)):
        text = json.loads(file_of(**words, **whole, asked=asked, added=added))
        case_files.import_file(support, json.dumps({**text, "origin": secret}).encode())
    models = (Case, CaseComment, CaseAsk, CaseOrigin)
    kept = "".join(str(list(model.objects.values())) for model in models)
    assert BEGINNING not in kept and PERSON[:9] not in kept


@pytest.mark.parametrize("piece", ["[],", '{"a":1},', "1,", '"",'])
def test_a_small_packed_file_of_countless_values_is_refused_before_it_is_read(support, piece):
    text = f'{{"format": "{FORMAT}", "version": 1, "cases": [{piece * 2_000_000}1]}}'[: 20 * 1024**2 - 10]
    with pytest.raises(NotAllowed, match="There is too much in this file") as refused:
        case_files.import_file(support, gzip.compress(text.encode()))
    assert "1,500,000 values" in refused.value.why and not Case.objects.exists()


def test_commas_in_texts_are_no_values(support):
    text = file_of(note='a, \\"b, [c] {d}, ' * 120_000)
    assert len(case_files.import_file(support, text.encode()).cases) == 1
