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

  const keepFocus = (fragment) => {
    if (document.activeElement !== document.body || !lastId) return;
    const before = document.getElementById(lastId);
    if (before) before.focus({ preventScroll: true });
    else focusAnswer(fragment);
  };

  // The pressed button is gone with what it was about: the answer that took its place is where to go on.
  const focusAnswer = (fragment) => {
    const answer = fragment?.querySelector?.(".verdict, .diagnosis");
    answer?.setAttribute("tabindex", "-1");
    answer?.focus();
  };

  document.addEventListener("htmx:beforeRequest", () => {
    lastId = document.activeElement?.id ?? "";
  }, true); // before busy.js disables the button that has the focus

  document.addEventListener("htmx:afterSettle", (event) => {
    const cause = event.detail.requestConfig?.triggeringEvent;
    if (!cause || cause.type === "input") return; // a poll moves nobody, nor does what comes while somebody types
    if (!focusAlert(event.detail.elt)) keepFocus(event.detail.elt);
  });
  document.addEventListener("htmx:afterRequest", () => setTimeout(() => keepFocus()));

  focusAlert(document.getElementById("main") ?? document.body);
})();
