"""A context that was used before holds nothing of what it was used for."""

import ast
import pathlib
import re

import pytest

from tests.browser.contexts import ANCHOR, Contexts

LASTING = re.compile(r"\.clock\.install|\.context\.(?:set_|route|add_init|expose_|on\()")
LEFT = "document.cookie + '|' + localStorage.length + '|' + sessionStorage.length"


@pytest.fixture
def contexts(browser):
    made = Contexts(browser)
    yield made
    made.close()


def page_of(context):
    page = context.new_page()
    page.goto(ANCHOR)
    return page


def test_it_is_given_again_without_pages_cookies_storage_and_permissions(contexts, site):
    used = contexts.lend(site)
    page = page_of(used)
    page.evaluate("document.cookie = 'a=b'; localStorage.x = 1; sessionStorage.x = 1")
    used.grant_permissions(["geolocation"])
    contexts.take_back()
    assert page.is_closed()
    again = contexts.lend(site)
    assert again == used
    page = page_of(again)
    assert page.evaluate(LEFT) == "|0|0"
    asked = "navigator.permissions.query({name: 'geolocation'}).then(found => found.state)"
    assert page.evaluate(asked) != "granted"


def test_two_at_a_time_are_two_and_other_options_are_another(contexts, site):
    first, second = contexts.lend(site), contexts.lend(site)
    contexts.take_back()
    assert first != second
    assert contexts.lend(site, java_script_enabled=False) not in (first, second)


def test_one_of_its_own_ends_with_its_test(contexts, site):
    page = page_of(contexts.lend(site, is_own=True))
    contexts.take_back()
    assert page.is_closed()
    assert contexts.lend(site) != page.context


def test_whoever_changes_a_context_for_good_has_its_own():
    for file in sorted(pathlib.Path(__file__).parent.glob("test_*.py")):
        text = file.read_text()
        for one in ast.parse(text).body:
            source = ast.get_source_segment(text, one) or ""
            is_meant = LASTING.search(source) and isinstance(one, ast.FunctionDef)
            assert not is_meant or "is_own=True" in source, f"{file.name}: {one.name}"
