// Where the keyboard is after a page or a fragment arrives: on the summary of what went wrong, on the answer that a form
// asks for (data-answer="#place"), else where it was.
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

  const isSeen = (heading) => {
    const box = heading.getBoundingClientRect();
    const bar = document.querySelector(".topbar");
    const top = bar && getComputedStyle(bar).position === "sticky" ? bar.offsetHeight : 0;
    return box.top >= top && box.bottom <= innerHeight;
  };

  // The pressed button is gone with what it was about, or the form asked for it: the answer is where to go on.
  const focusAnswer = (fragment, other = null) => {
    const answer = fragment?.querySelector?.(".verdict, .diagnosis") ?? other;
    if (!answer) return false;
    answer.setAttribute("tabindex", "-1");
    answer.focus({ preventScroll: true });
    if (!isSeen(answer.querySelector("h2") ?? answer)) answer.scrollIntoView();
    return true;
  };

  document.addEventListener("htmx:beforeRequest", () => {
    lastId = document.activeElement?.id ?? "";
  }, true);

  document.addEventListener("htmx:afterSettle", (event) => {
    const cause = event.detail.requestConfig?.triggeringEvent;
    if (!cause || cause.type === "input") return; // a poll moves nobody, nor does what comes while somebody types
    if (focusAlert(event.detail.elt)) return;
    const { answer: place, kept } = event.detail.requestConfig.elt.dataset ?? {};
    if (kept !== undefined) return; // somebody is at work in the form (kept.js)
    const asked = place && document.querySelector(place);
    if (!asked || !focusAnswer(asked, asked.querySelector(".panel"))) keepFocus(event.detail.elt);
  });
  document.addEventListener("htmx:afterRequest", () => setTimeout(() => keepFocus()));

  const focusAlertOfPage = () => focusAlert(document.getElementById("main") ?? document.body);
  focusAlertOfPage();
  // A form whose address names a place (#solve): going there, the browser takes the focus away again.
  addEventListener("load", () => setTimeout(() => {
    if (location.hash && document.activeElement === document.body) focusAlertOfPage();
  }));
})();
