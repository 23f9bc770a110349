"""Bad-input cases of key files."""

import pytest

from console.adapters.keyfiles import KeyFile, KeyFileProblem, read_key_file
from tests.bad_input.registry import CASES, FOLDER, ids_of

NOW = 1_790_000_000
WORDS = {
    "E-K02": "Wrong password or damaged file",
    "E-K04": "the certificate is missing",
    "E-K05": "is encrypted and no password was given",
    "E-K06": "not a PFX file",
}


@pytest.mark.parametrize("case_id", ids_of("keyfile"))
def test_a_key_file_is_taken_or_refused_in_words(case_id):
    given = CASES[case_id]["input"]
    data = (FOLDER / given["file"]).read_bytes()
    read = read_key_file(data, given.get("password"), now=NOW)
    if case_id in WORDS:
        assert isinstance(read, KeyFileProblem)
        assert WORDS[case_id] in read.what
        assert read.do
        return
    assert isinstance(read, KeyFile)
    facts = read.certificate.facts
    assert (facts.subject, len(facts.sha1), len(facts.x5t_s256)) == ("CN=test", 40, 43)
    assert "PRIVATE KEY" not in repr(read)
    is_expired = case_id == "E-K03"
    assert ["providers will refuse it" in note for note in read.notes] == [True] * is_expired
