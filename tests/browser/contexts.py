"""The browser's contexts. One that a test has left is emptied for the next, which is spared some thirty static files.

Given back is what a context of one's own is for: cookies, storage, permissions and pages. What stays is what a person's
browser keeps too: the files that the console lets it keep. Were a page kept with them, it would show one person what
another saw, and a test would fail.
"""

from collections import defaultdict

# What else a test may ask for, such as another browser's trust in certificates, it gets in a context of its own.
SHARED = {"viewport", "color_scheme", "java_script_enabled"}
# A page of the console's origin that does nothing: from there the storage is emptied when the test's pages are gone,
# and while it stands the process of the origin stays, with the scripts that are compiled there.
ANCHOR = "/static/img/icon.svg"


class Contexts:
    """Gives contexts, and takes them back when a test is done."""

    def __init__(self, browser):
        self._browser = browser
        self._idle = defaultdict(list)
        self._lent = []

    def lend(self, base_url, *, is_own=False, **options):
        """A context that nobody uses; one of its own for whoever changes what cannot be undone, such as its clock."""
        if is_own or not options.keys() <= SHARED:
            context = self._browser.new_context(base_url=base_url, **options)
            self._lent.append((context, None, None))
            return context
        key = repr((base_url, sorted(options.items())))
        context, anchor = self._idle[key].pop() if self._idle[key] else self._made(base_url, options)
        self._lent.append((context, anchor, key))
        return context

    def _made(self, base_url, options):
        context = self._browser.new_context(base_url=base_url, **options)
        anchor = context.new_page()
        anchor.goto(ANCHOR)
        return context, anchor

    def take_back(self):
        """All that were lent since the last time."""
        lent, self._lent = self._lent, []
        for context, anchor, key in lent:
            if key is None or anchor.is_closed():
                context.close()
                continue
            for page in context.pages:
                if page != anchor:
                    page.close()
            context.clear_cookies()
            context.clear_permissions()
            anchor.evaluate("localStorage.clear()")
            self._idle[key].append((context, anchor))

    def close(self):
        """All that are idle; those on loan go with the browser."""
        for idle in self._idle.values():
            for context, _ in idle:
                context.close()
        self._idle.clear()
