// Where the keyboard is after a page or a fragment arrives: on the summary of what went wrong, else where it was.
(() => {
  "use strict";
  let lastId = "";

  const focusAlert = (root) => {
    const alert = root.matches?.("[role=alert]") ? root : root.querySelector("[role=alert]");
    if (!alert) return false;
    alert.setAttribute("tabindex", "-1");
    alert.focus();
    return true;
  };

  const keepFocus = () => {
    if (document.activeElement !== document.body || !lastId) return;
    document.getElementById(lastId)?.focus({ preventScroll: true });
  };

  document.addEventListener("htmx:beforeRequest", () => {
    lastId = document.activeElement?.id ?? "";
  }, true); // before busy.js disables the button that has the focus

  document.addEventListener("htmx:afterSettle", (event) => {
    const cause = event.detail.requestConfig?.triggeringEvent;
    if (!cause || cause.type === "input") return; // a poll moves nobody, nor does what comes while somebody types
    if (!focusAlert(event.detail.elt)) keepFocus();
  });
  document.addEventListener("htmx:afterRequest", () => setTimeout(keepFocus));

  focusAlert(document.getElementById("main") ?? document.body);
})();
