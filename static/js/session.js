// Before a session ends unused, a bar offers to stay. After it ended the page stays with all that was typed, and once its
// person signed in again in another tab, its forms get the value they need and the last one can be sent again.
(() => {
  "use strict";
  const WARN_S = 120;
  const bar = document.getElementById("session-bar"); // on every page
  let [timer, lastForm] = [0, null];

  const show = (state, text) => {
    bar.hidden = !state;
    bar.querySelectorAll("[data-state]").forEach((part) => { part.hidden = part.dataset.state !== state; });
    bar.querySelectorAll("[data-text]").forEach((place) => { place.textContent = text; });
  };

  const ask = async (options) => (await fetch(bar.dataset.url, options)).json();

  const wait = (leftS, earlier = WARN_S) => {
    clearTimeout(timer);
    if (leftS > 0) timer = setTimeout(look, Math.max(1, leftS - earlier) * 1000);
  };

  // Only a look: another tab may have been used meanwhile.
  const look = async () => {
    const found = await ask().catch(() => ({ email: "?", left_s: 600 })); // no answer: look again later
    if (!found.email) { show("ended"); return; }
    const isSoon = found.left_s <= WARN_S;
    show(isSoon ? "soon" : "", `${Math.max(1, Math.round(found.left_s / 60))} min`);
    wait(found.left_s, isSoon ? -1 : WARN_S);
  };

  const stay = async () => {
    const found = await ask({ method: "POST", headers: { "X-CSRFToken": (await ask()).csrf } });
    show(found.email ? "" : "ended");
    wait(found.left_s);
  };

  const comeBack = async () => {
    const isOut = document.querySelector("[data-signed-out]") || !bar.querySelector("[data-state=ended]").hidden;
    if (document.hidden || !isOut) return;
    const found = await ask().catch(() => null);
    if (!found?.email) return;
    document.querySelectorAll("[name=csrfmiddlewaretoken]").forEach((input) => { input.value = found.csrf; });
    document.getElementById("problem")?.replaceChildren();
    show("again", found.email);
    bar.querySelector("[data-again]").hidden = !lastForm?.isConnected;
    wait(found.left_s);
  };

  document.addEventListener("htmx:responseError", (event) => {
    if ([401, 403].includes(event.detail.xhr.status)) lastForm = event.detail.elt.closest("form");
  });
  bar.addEventListener("click", (event) => {
    if (event.target.closest("[data-stay]")) stay();
    if (event.target.closest("[data-again]")) { show(""); lastForm?.requestSubmit(); }
  });
  addEventListener("focus", comeBack);
  document.addEventListener("visibilitychange", comeBack);
  wait(Number(bar.dataset.left));
})();
