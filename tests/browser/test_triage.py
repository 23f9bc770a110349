"""A log export in a browser: handed in, its picture read, columns named where nobody knows them."""

import base64
import gzip
from dataclasses import replace

from playwright.sync_api import expect

from tests.core.tokens.wire import compact
from tests.core.triage.made import as_csv, as_json_lines, made_rows


def handed_in(page, data, name):
    page.locator("#id_export").set_input_files({"name": name, "mimeType": "application/octet-stream", "buffer": data})
    page.locator("#sort-export").click()


def test_fifty_thousand_rows_are_sorted_and_each_look_is_in_order(open_page, look, support):
    page = open_page(support.email, at="/inspect/")
    page.get_by_role("link", name="Sort a log").click()
    look(page, "triage-empty")
    rows = made_rows(50_000)
    handed_in(page, gzip.compress(as_json_lines(rows), compresslevel=1), "gateway.jsonl.gz")
    expect(page.locator("#result-title")).to_contain_text("16,667 refused calls, 4 causes")
    expect(page.locator("#result-title")).to_be_in_viewport()
    expect(page.locator("svg.bars")).to_have_count(4)
    page.locator("#cause-token-expired summary").first.click()
    look(page, "triage-sorted")


DROP = """
([data, name]) => {
  const bytes = Uint8Array.from(atob(data), (one) => one.charCodeAt(0));
  const files = new DataTransfer();
  files.items.add(new File([bytes], name));
  const form = document.getElementById("triage-form");
  for (const type of ["dragover", "drop"]) {
    form.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: files }));
  }
  const words = document.getElementById("sending-words");
  window.said = [];
  new MutationObserver(() => window.said.push(words.textContent)).observe(words, { childList: true });
}
"""


def test_an_export_of_fifty_thousand_rows_is_dropped_its_course_read_and_a_group_becomes_a_case(open_page, support):
    page = open_page(support.email, at="/triage/")
    rows = made_rows(50_000)
    secret = compact({"sub": "kari", "exp": 1})
    rows[0] = replace(rows[0], message=f"JWT is expired: {secret}", path=f"/orders/1?code={secret}")
    packed = gzip.compress(as_json_lines(rows), compresslevel=1)
    page.evaluate(DROP, [base64.b64encode(packed).decode(), "gateway.jsonl.gz"])
    page.locator("#sort-export").click()
    expect(page.locator("#result-title")).to_contain_text("16,667 refused calls")
    assert any("MB are sent and being read" in one for one in page.evaluate("window.said"))
    expect(page.locator("#sending")).to_be_hidden()
    cause = page.locator("#cause-token-expired")
    assert "Course over time" in (cause.locator("svg.bars").get_attribute("aria-label") or "")
    cause.get_by_text("As a table").click()
    counts = [int(one.replace(",", "")) for one in cause.locator("td:nth-child(2)").all_inner_texts()]
    expired = sum(1 for row in rows if row.cause == "token-expired" or row is rows[0])
    assert abs(sum(counts) - expired) <= 1
    cause.get_by_role("button", name="Make a case").press("Enter")
    page.locator("#make-case").click()
    page.get_by_role("heading", name="What was handed in").wait_for()
    assert secret.split(".")[1] not in page.content()


def test_columns_are_named_where_nobody_knows_them(open_page, look, support):
    page = open_page(support.email, at="/triage/")
    # Two columns hold statuses, so that none can be taken for the caller's; and no word of what the causes are.
    names = ("wann", "was", "aktion", "wie", "wohin", "wer", "ergebnis", "dahinter", "warum", "text")
    rows = [replace(row, backend=row.status, message="") for row in made_rows(90)]
    handed_in(page, as_csv(rows, columns=names), "unbekannt.csv")
    page.get_by_text("Say below which is which").wait_for()
    page.locator("#id_status").select_option("ergebnis")
    page.locator("#id_reason").select_option("warum")
    look(page, "triage-columns")
    page.locator("#sort-again").click()
    expect(page.locator("#result-title")).to_contain_text("30 refused calls, 4 causes")
    page.goto("/triage/")
    handed_in(page, as_csv(rows, columns=names), "unbekannt.csv")
    page.get_by_text("How the columns were read").click()
    expect(page.get_by_text("as you said before").first).to_be_visible()


def test_without_scripts_it_is_the_same_page(open_page, support):
    page = open_page(support.email, at="/triage/", java_script_enabled=False)
    handed_in(page, as_csv(made_rows(90)), "gateway.csv")
    assert "30 refused calls, 4 causes" in page.locator("#result-title").inner_text()
    page.locator("#cause-token-expired").get_by_role("button", name="Make a case").click()
    page.locator("#make-case").click()
    expect(page.get_by_role("heading", name="What was handed in")).to_have_count(1)


def test_a_cause_becomes_a_case_by_two_buttons(open_page, look, support):
    page = open_page(support.email, at="/triage/")
    handed_in(page, as_csv(made_rows(90)), "gateway.csv")
    page.locator("#cause-token-expired").get_by_role("button", name="Make a case").click()
    page.locator("#make-case").wait_for()
    assert "refusals in gateway.csv" in page.get_by_label("Note").input_value()
    look(page, "case-of-a-log-shown")
    page.locator("#make-case").press("Enter")
    page.get_by_role("heading", name="What was handed in").wait_for()
    assert "IDX10223" in page.locator("main").inner_text()
    expect(page.get_by_text("You.", exact=True)).to_have_count(0)  # whoever found it in a log need not own the client
    look(page, "case-of-a-log")
