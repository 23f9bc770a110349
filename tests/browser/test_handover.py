"""From the mail to a profile that is ready to call: one paste, one save, in either size, with and without scripts."""

import re

from playwright.sync_api import expect

from console.services import opening, profiles
from tests.browser.conftest import shoot
from tests.browser.test_profile import SCRIPTS, SIZES
from tests.web.test_handover_page import KEY, MAIL, SECRET


@SIZES
@SCRIPTS
def test_a_hand_over_mail_is_ready_to_call_after_one_save_with_its_key(open_page, integrator, size, has_scripts):
    page = open_page(integrator.email, at="/profiles/new/", viewport=size, java_script_enabled=has_scripts)
    page.locator("#handover textarea").fill(MAIL)
    page.locator("#read-handover").click()
    page.locator("#handover-read").wait_for()
    assert SECRET not in page.content()
    assert KEY not in page.content()
    shoot(page, f"handover-read-{size['width']}-{has_scripts}")
    page.locator("#save").click()
    page.wait_for_url(re.compile(r"/profiles/[0-9a-f-]{36}/$"))
    profile = next(one for one in profiles.list_profiles(integrator) if one.name == "Orders (acceptance)")
    assert profiles.subscription_key_for(opening.of_profile(integrator, "use", profile.id)).reveal() == KEY
    expect(page.locator("#send-call")).to_be_enabled()
    expect(page.locator("#id_sends_subscription_key")).to_be_checked()
    expect(page.locator("#credential").get_by_text("client secret").first).to_be_attached()
