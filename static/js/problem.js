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

  // Passkeys: the browser's own refusal ("cancelled", "timed out") reaches the page as this event (WebAuthn section 5.1).
  const reasons = {
    NotAllowedError: "It was cancelled, or nothing was chosen in time.",
    InvalidStateError: "This device or key is registered here already.",
    NotSupportedError: "This browser or device offers nothing of the kind that is asked for.",
    SecurityError: "The browser allows no passkey at the address of this page.",
  };
  const advice = (name, isAdded) => {
    if (name === "SecurityError") return "Open the console at its own address, which has a name and no number like 127.0.0.1, and try again there.";
    if (isAdded) return "Try again, or with another device, browser or key. Nothing was changed.";
    return "Try again. Where it is lost, sign in with your password and one of your recovery codes.";
  };
  document.addEventListener("allauth.error", (event) => {
    event.preventDefault();
    const name = event.detail?.exception?.name ?? "unknown";
    const isAdded = document.getElementById("mfa_webauthn_add") !== null;
    const isMissing = name === "NotAllowedError" && !isAdded;
    const why = isMissing ? "It was cancelled, nothing was chosen in time, or this device has none for this console."
      : reasons[name] ?? "The browser stopped it.";
    sayNoAnswer();
    region.querySelector("[data-what]").textContent = `The passkey or security key was not ${isAdded ? "added" : "used"}.`;
    region.querySelector("[data-why]").textContent = `${why} It calls that ${name}.`;
    region.querySelector("[data-do]").textContent = advice(name, isAdded);
  });
})();
