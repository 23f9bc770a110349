// The region #problem: emptied when a new request starts, filled when a request got no answer or one that is not ours.
(() => {
  "use strict";
  const region = document.getElementById("problem");
  const template = document.getElementById("no-answer");
  if (!region || !template) return;

  const isPoll = (event) => !event.detail.requestConfig?.triggeringEvent;

  const sayNoAnswer = () => {
    region.replaceChildren(template.content.cloneNode(true));
    const alert = region.querySelector("[role=alert]");
    alert.setAttribute("tabindex", "-1");
    alert.focus();
  };

  document.addEventListener("htmx:beforeRequest", (event) => { if (!isPoll(event)) region.replaceChildren(); });
  document.addEventListener("htmx:sendError", sayNoAnswer);
  document.addEventListener("htmx:timeout", sayNoAnswer);

  // An error page of a proxy in between must not be poured into this page.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (!event.detail.isError || event.detail.serverResponse.includes("data-problem")) return;
    event.detail.shouldSwap = false;
    sayNoAnswer();
  });

  // Passkeys: the browser's own refusal ("cancelled", "timed out") reaches the page as this event.
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const name = event.detail?.exception?.name ?? "unknown";
    sayNoAnswer();
    region.querySelector("[data-what]").textContent = "The passkey or security key was not used.";
    region.querySelector("[data-why]").textContent = `The browser stopped it (${name}).`;
    region.querySelector("[data-do]").textContent = "Try again, or use another way to sign in.";
  });
})();
