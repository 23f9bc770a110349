"""Violations of WCAG 2.2 AA, found by axe on a page as it stands.

Judging contrast takes axe seven tenths of its time, and most texts of a page look like one that was judged before: the
same elements around them, the same colours, the same size. Each look is judged once in a process, where it comes first.
"""

from axe_playwright_python.base import AXE_SCRIPT

TAGS = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]},
    "resultTypes": ["violations"],
}
# Gives the looks of the page's texts, and keeps the texts of each: a look is what contrast depends on, of a text and of
# all that lies behind it. A text of what is switched off need not be read, so it stands for no other.
LOOKS = """() => {
    const CLEAR = "rgba(0, 0, 0, 0)";
    const behind = new Map([[null, ""]]);
    const isOff = one => one.matches(":disabled, [aria-disabled=true]") || Boolean(one.control?.matches(":disabled"));
    const own = (one, style) => {
        const isLaidOver = !["static", "relative"].includes(style.position);
        return [
            isLaidOver ? `${one.tagName} ${one.getAttribute("class")}` : "",
            style.backgroundColor === CLEAR ? "" : style.backgroundColor,
            style.backgroundImage === "none" ? "" : style.backgroundImage,
            style.opacity === "1" ? "" : style.opacity,
            isOff(one) ? "off" : "",
        ].filter(Boolean);
    };
    const ground = one => {
        if (!behind.has(one))
            behind.set(one, [ground(one.parentElement), ...own(one, getComputedStyle(one))].join(" "));
        return behind.get(one);
    };
    const hasText = one => one.matches("input, select, textarea")
        || Array.from(one.childNodes).some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    window.textsByLook = new Map();
    for (const one of document.querySelectorAll("body, body *")) {
        if (!hasText(one) || !one.checkVisibility()) continue;
        const style = getComputedStyle(one);
        const look = [ground(one), style.color, style.fontSize, style.fontWeight, style.textShadow].join("|");
        const texts = window.textsByLook.get(look);
        texts ? texts.push(one) : window.textsByLook.set(look, [one]);
    }
    return [...window.textsByLook.keys()];
}"""
VIOLATIONS = """([options, looks]) => {
    const [x, y] = [scrollX, scrollY];
    const texts = looks.flatMap(look => window.textsByLook.get(look));
    texts.forEach(one => one.toggleAttribute("data-judged", true));
    axe.configure({rules: [{id: "color-contrast", selector: "[data-judged]"}]});
    scrollTo({top: 0, behavior: "instant"});
    return axe.run(options).then(found => {
        scrollTo(x, y);
        texts.forEach(one => one.toggleAttribute("data-judged", false));
        return found.violations;
    });
}"""

_judged: set[str] = set()  # looks of texts that can be read


def axe(page, *rules):
    """What is wrong as readable lines; of these rules alone, if any are named.

    Looked at from the top: half a button under the bar that stays in view while scrolling is no small button.
    """
    only = {"runOnly": {"type": "rule", "values": list(rules)}} if rules else {}
    page.wait_for_load_state()  # a press before may have led to another page
    looks = [look for look in page.evaluate(LOOKS) if look not in _judged]
    if page.evaluate("!window.axe"):  # the first look at this document: to read the script takes long
        page.evaluate(AXE_SCRIPT)
    found = page.evaluate(VIOLATIONS, [{**TAGS, **only}, looks])
    if not found:
        _judged.update(looks)
    return [f"{item['id']}: {node['target']} {node['failureSummary']}" for item in found for node in item["nodes"]]
