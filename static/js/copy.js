// Copy buttons: <button type="button" data-copy-target="#id">. Copied is the target's value or its text, exactly:
// a badge such as U+202E (data-char) is copied as the character it stands for.
(() => {
  "use strict";
  const SHOWN_MS = 2000;

  const textOf = (target) => {
    if (target.matches("input, textarea, select")) return target.value;
    const copy = target.cloneNode(true);
    copy.querySelectorAll("[data-char]").forEach((badge) => {
      badge.replaceWith(String.fromCodePoint(parseInt(badge.dataset.char, 16)));
    });
    return copy.textContent.trim();
  };

  const announce = (text) => {
    const region = document.getElementById("announce");
    if (!region) return;
    region.textContent = "";
    setTimeout(() => { region.textContent = text; }, 50);
  };

  const labels = new WeakMap(); // a button's own content while it says "Copied"

  const show = (button, text) => {
    if (!labels.has(button)) {
      labels.set(button, [...button.childNodes]);
      setTimeout(() => {
        button.replaceChildren(...labels.get(button));
        labels.delete(button);
      }, SHOWN_MS);
    }
    button.replaceChildren(text);
    announce(text);
  };

  const select = (target) => {
    if (target.select) { target.select(); return; }
    getSelection().selectAllChildren(target);
  };

  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy-target]");
    const target = button && document.querySelector(button.dataset.copyTarget);
    if (!target) return;
    try {
      await navigator.clipboard.writeText(textOf(target));
      show(button, "Copied");
    } catch {
      select(target); // no clipboard without https, or it was not allowed
      show(button, "Selected: press Ctrl+C");
    }
  });
})();
