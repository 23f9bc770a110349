"""A log export in a browser: handed in, its picture read, columns named where nobody knows them."""

import gzip

import pytest
from playwright.sync_api import expect

from tests.core.triage.made import as_csv, as_json_lines, made_rows

pytestmark = pytest.mark.once


def handed_in(page, data, name):
    page.locator("#id_export").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})
    page.locator("#sort-export").click()


def test_fifty_thousand_rows_are_sorted_and_each_look_is_in_order(open_page, look, support):
    page = open_page(support.email)
    page.goto("/inspect/")
    page.get_by_role("link", name="Sort a log").click()
    look(page, "triage-empty")
    rows = made_rows(50_000)
    handed_in(page, gzip.compress(as_json_lines(rows), compresslevel=1), "gateway.jsonl.gz")
    expect(page.locator("#result-title")).to_contain_text("16,667 refusals, 4 causes")
    expect(page.locator("#result-title")).to_be_in_viewport()
    assert page.locator("svg.bars").count() == 4
    page.locator("#cause-token-expired summary").first.click()
    look(page, "triage-sorted")


def test_columns_are_named_where_nobody_knows_them(open_page, look, support):
    page = open_page(support.email)
    page.goto("/triage/")
    names = ("wann", "was", "aktion", "wie", "wohin", "wer", "ergebnis", "dahinter", "warum", "text")
    handed_in(page, as_csv(made_rows(90), columns=names), "unbekannt.csv")
    page.get_by_text("Say below which is which").wait_for()
    page.get_by_label("Status", exact=False).first.select_option("ergebnis")
    page.get_by_label("Message").select_option("text")
    look(page, "triage-columns")
    page.locator("#sort-again").click()
    expect(page.locator("#result-title")).to_contain_text("30 refusals, 4 causes")


def test_without_scripts_it_is_the_same_page(open_page, support):
    page = open_page(support.email, java_script_enabled=False)
    page.goto("/triage/")
    handed_in(page, as_csv(made_rows(90)), "gateway.csv")
    assert "30 refusals, 4 causes" in page.locator("#result-title").inner_text()
    page.locator("#cause-token-expired").get_by_role("button", name="Make a case").click()
    page.locator("#make-case").click()
    assert page.get_by_role("heading", name="What was handed in").count() == 1


def test_a_cause_becomes_a_case_by_two_buttons(open_page, look, support):
    page = open_page(support.email)
    page.goto("/triage/")
    handed_in(page, as_csv(made_rows(90)), "gateway.csv")
    page.locator("#cause-token-expired").get_by_role("button", name="Make a case").click()
    page.locator("#make-case").wait_for()
    assert "refusals in gateway.csv" in page.get_by_label("Note").input_value()
    look(page, "case-of-a-log-shown")
    page.locator("#make-case").press("Enter")
    page.get_by_role("heading", name="What was handed in").wait_for()
    assert "IDX10223" in page.locator("main").inner_text()
    assert page.get_by_text("You.", exact=True).count() == 0  # whoever found it in a log need not own the client
    look(page, "case-of-a-log")
