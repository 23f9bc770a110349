// While a form is on its way: its button says so (data-busy-text, aria-busy) and keeps focus and colours; a second press
// of it changes nothing.
// A form whose answer is a download never leaves the page: mark it data-busy="off".
(() => {
  "use strict";
  const labels = new WeakMap(); // a button's own content while it shows data-busy-text
  const buttonOf = (form, submitter) => submitter ?? [...form.elements].find((one) => one.matches("button:not([type]), button[type=submit]"));

  const start = (form, submitter) => {
    const button = buttonOf(form, submitter);
    form.setAttribute("aria-busy", "true");
    if (!button) return;
    button.setAttribute("aria-busy", "true");
    if (button.dataset.busyText && !labels.has(button)) {
      labels.set(button, [...button.childNodes]);
      button.replaceChildren(button.dataset.busyText);
    }
  };

  const stop = (form) => {
    form.removeAttribute("aria-busy");
    for (const button of form.ownerDocument.querySelectorAll("button[aria-busy]")) {
      if (button.form !== form) continue;
      button.removeAttribute("aria-busy");
      if (labels.has(button)) button.replaceChildren(...labels.get(button));
      labels.delete(button);
    }
  };

  document.addEventListener("submit", (event) => {
    if (!buttonOf(event.target, event.submitter)?.hasAttribute("aria-busy")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.dataset.busy === "off" || form.method === "dialog") return;
    // After the event, so that the button's own name and value are still sent.
    setTimeout(() => { if (!event.defaultPrevented) start(form, event.submitter); });
  });

  const formOf = (event) => event.detail.elt.closest("form");
  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = formOf(event);
    const trigger = event.detail.requestConfig.triggeringEvent; // a poll has none
    if (form && trigger?.type === "submit") start(form, trigger.submitter);
  });
  document.addEventListener("htmx:afterRequest", (event) => { if (formOf(event)) stop(formOf(event)); });
  window.addEventListener("pageshow", () => { document.querySelectorAll("form[aria-busy]").forEach(stop); });
})();
