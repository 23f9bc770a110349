"""Support asks for evidence, the integrator adds it, the diagnosis gets certain, and support answers with the text."""

import json

import pytest

from console.core.actor import Role
from console.core.diagnosis import read_evidence
from console.services import cases
from tests.browser.steps import press
from tests.services.builders import person
from tests.services.test_case_evidence import CALL, DEMANDS, TOKEN

SCRIPTS = pytest.mark.parametrize("has_scripts", [True, False], ids=["scripts", "no-scripts"])
FROM_SUPPORT = "We look at it together with the owner of the API."


@pytest.fixture
def case(integrator):
    return cases.create_of(integrator, read_evidence(CALL), title="", note="Since nine all calls are refused.")


def add(page, value, *, answers=()):
    """What is added is shown before it is."""
    page.locator("#to-add").click()
    page.get_by_label("Paste it here").fill(json.dumps(value))
    for one in answers:
        page.get_by_label(one, exact=True).check()
    press(page, "#preview-evidence")
    page.get_by_role("heading", name="This is what would be added").wait_for()
    press(page, "#add-evidence")


@SCRIPTS
def test_what_support_asks_for_comes_and_the_answer_is_sent(open_page, integrator, support, case, has_scripts):
    sam = open_page(support.email, at=f"/cases/{case.id}/", java_script_enabled=has_scripts)
    sam.get_by_text("What is not known and would settle it").wait_for()
    sam.locator("#to-ask").click()
    sam.get_by_label("The decoded token", exact=True).check()
    sam.get_by_label("What the API expects: audiences, issuers, roles or scopes", exact=True).check()
    press(sam, "#ask")
    assert sam.locator("#case-state").inner_text() == "waiting for integrator"
    assert "0 of 2 here" in sam.locator("#asked").inner_text()

    ina = open_page(integrator.email, at=f"/cases/{case.id}/", java_script_enabled=has_scripts)
    assert "Paste the token under Inspect" in ina.locator("#asked").inner_text()
    add(ina, TOKEN, answers=["The decoded token"])
    assert "1 of 2 here" in ina.locator("#asked").inner_text()
    assert ina.locator("#case-state").inner_text() == "waiting for support"
    add(ina, DEMANDS)
    assert "2 of 2 here" in ina.locator("#asked").inner_text()

    sam.reload()
    assert "It names the cause: “Token for another API”, certain." in sam.locator("#evidence-news").inner_text()
    assert "The token is for another API" in sam.locator(".diagnosis h2").inner_text()
    sam.get_by_label("Your answer").fill(FROM_SUPPORT)
    press(sam, "#answer-with")
    filled = sam.get_by_label("Your answer").input_value()
    assert filled.startswith(FROM_SUPPORT) and "Please do this: " in filled and "api://orders" in filled
    sam.get_by_label("Your answer").fill(filled.replace("Please do this: ", "Please do this today: "))
    press(sam, "#send-answer")
    ina.reload()
    said = ina.locator("#conversation").inner_text()
    assert "Please do this today: " in said and FROM_SUPPORT in said and "asked for this" in said


def test_the_pages_are_looked_at(open_page, look, integrator, support, case):
    sam, ina = open_page(support.email), open_page(integrator.email)
    sam.goto(f"/cases/{case.id}/ask/")
    look(sam, "case-ask")
    sam.get_by_label("The decoded token", exact=True).check()
    sam.get_by_label("Or something else").fill("The line of the gateway’s log at nine o’clock")
    press(sam, "#ask")
    look(sam, "case-asked")
    ina.goto(f"/cases/{case.id}/evidence/")
    look(ina, "case-evidence")
    ina.get_by_label("Paste it here").fill(
        json.dumps({**TOKEN, "payload": {**TOKEN["payload"], "email": "m@bank.example"}})
    )
    press(ina, "#preview-evidence")
    look(ina, "case-evidence-preview")
    press(ina, "#add-evidence")
    add(ina, DEMANDS)
    look(ina, "case-with-evidence")
    sam.goto(f"/cases/{case.id}/")
    press(sam, "#answer-with")
    for fold in sam.locator("#handing summary").all():
        fold.click()
    look(sam, "case-answer-filled")
    sam.get_by_role("textbox", name="To whom").fill("nobody@example.com")
    press(sam, "#give-case")
    look(sam, "case-give-refused")


def test_files_and_lessons_are_looked_at(open_page, look, integrator, support, case, tmp_path):
    cases.solve(support, case.id, cause="token-expired", sentence="The clock of the client was wrong.")
    other = cases.create_of(integrator, read_evidence(CALL), title="Refused since nine", note="")
    sam = open_page(support.email, at=f"/cases/export/?case={other.id}")
    look(sam, "case-export")
    with sam.expect_download() as download:
        sam.locator("#export-cases").click()
    file = tmp_path / "cases.json"
    download.value.save_as(file)
    sam.goto("/cases/import/")
    look(sam, "case-import")
    sam.get_by_label("File of cases").set_input_files({"name": "x.json", "mimeType": "text/plain", "buffer": b"{}"})
    press(sam, "#import-cases")
    look(sam, "case-import-refused")
    file.write_text(file.read_text().replace("Refused since nine", "Refused since ten"))
    sam.get_by_label("File of cases").set_input_files(file)
    press(sam, "#import-cases")
    look(sam, "case-imported")
    sam.get_by_role("link", name="Refused since ten").click()
    assert "The file was changed" in sam.locator("#origin").inner_text()
    look(sam, "case-of-elsewhere")
    sam.goto("/cases/lessons/")
    look(sam, "case-lessons")


def test_a_person_who_is_named_opens_the_link_and_nobody_else(open_page, integrator, support, case):
    lena, kim = person("lena@example.com", Role.INTEGRATOR), person("kim@example.com", Role.INTEGRATOR)
    sam = open_page(support.email, at=f"/cases/{case.id}/")
    sam.get_by_text("Hand it to somebody here").click()
    sam.get_by_role("textbox", name="To whom").fill(lena.email)
    press(sam, "#give-case")
    hers, his = open_page(lena.email), open_page(kim.email)
    assert hers.goto(f"/cases/{case.id}/").status == 200
    assert his.goto(f"/cases/{case.id}/").status == 404
