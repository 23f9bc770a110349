// What came of a request, said in the page's one live region: the answer's own sentence, not the whole fragment.
// A region that is itself replaced is not read out, so the sentence goes into one that stays (#announce).
(() => {
  "use strict";
  const SAID = ".verdict h2, .diagnosis h2, [role=status], #result-title, .empty h2";

  document.addEventListener("htmx:afterSettle", (event) => {
    const region = document.getElementById("announce");
    const fragment = event.detail.elt;
    if (!region || !event.detail.requestConfig?.triggeringEvent || !fragment.querySelector) return;
    if (fragment.matches("[role=alert]") || fragment.querySelector("[role=alert]")) return; // it gets the focus, and is read
    const sentence = fragment.querySelector(SAID);
    if (sentence) region.textContent = sentence.innerText.replace(/\s+/g, " ").trim();
  });
})();
