// Ctrl/⌘+Enter sends the form that has the focus (data-submit-shortcut), or the only such form of the page.
// ? opens the list of shortcuts; a person who speaks to the computer can switch that key off in the list.
(() => {
  "use strict";
  const SWITCH = "console.question-mark-key";
  const dialog = document.getElementById("shortcuts");

  const isOn = () => {
    try { return localStorage.getItem(SWITCH) !== "off"; } catch { return true; }
  };

  const formToSubmit = () => {
    const focused = document.activeElement?.closest("form");
    if (focused) return focused.matches("[data-submit-shortcut]") ? focused : null;
    const forms = document.querySelectorAll("form[data-submit-shortcut]");
    return forms.length === 1 ? forms[0] : null;
  };

  const isTyping = (element) => element.matches("input, textarea, select") || element.isContentEditable;

  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      const form = formToSubmit();
      const button = [...form?.elements ?? []].find((one) => one.matches("button[type=submit], button:not([type])"));
      if (!form || button?.disabled) return;
      event.preventDefault();
      form.requestSubmit(button ?? undefined);
    } else if (event.key === "?" && dialog && isOn() && !isTyping(event.target) && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      dialog.showModal();
    }
  });

  document.addEventListener("click", (event) => {
    if (dialog && event.target.closest("[data-open-shortcuts]")) dialog.showModal();
  });

  const box = document.getElementById("question-mark-key");
  if (!box) return;
  box.checked = isOn();
  box.addEventListener("change", () => {
    try { localStorage.setItem(SWITCH, box.checked ? "on" : "off"); } catch { /* a private window: the choice lasts for this page */ }
  });
})();
