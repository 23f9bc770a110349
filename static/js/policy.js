// The policy editor: a press is sent once, its verdict is brought into view, before the text where there is no room beside
// it, and a line of the text is shown.
(() => {
  "use strict";

  const isSeen = (box) => box.top >= 0 && box.bottom <= innerHeight;

  let typed = null;
  document.addEventListener("input", (event) => {
    if (event.target.closest("#editor")) typed = event;
  });

  // A verdict that waited behind a slow one is left out when more was typed meanwhile: the next one is due anyway.
  // htmx sends the last pressed button with whatever follows, so that what was typed before a save would save again.
  document.addEventListener("htmx:configRequest", (event) => {
    const { parameters, triggeringEvent } = event.detail;
    if (triggeringEvent?.type === "input" && triggeringEvent !== typed) event.preventDefault();
    delete parameters.do;
    const pressed = triggeringEvent?.submitter;
    if (pressed?.name === "do") parameters.do = pressed.value;
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.detail.requestConfig?.triggeringEvent?.type !== "submit" || event.detail.elt.id !== "result") return;
    document.querySelector(".policy-desk").classList.add("answered");
    const first = event.detail.elt.querySelector("[role=status], .verdict");
    if (first && !isSeen(first.getBoundingClientRect())) first.scrollIntoView();
  });

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-line]");
    const box = button && document.querySelector(button.dataset.lineOf);
    if (!box) return;
    const number = Number(button.dataset.line);
    const lines = box.value.split("\n");
    const start = lines.slice(0, number - 1).join("\n").length + (number > 1 ? 1 : 0);
    box.focus();
    box.setSelectionRange(start, start + (lines[number - 1] ?? "").length);
    box.scrollTop = (box.scrollHeight / lines.length) * Math.max(0, number - 4);
    box.scrollLeft = 0;
  });
})();
