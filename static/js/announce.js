// What came of a request, said in the page's one live region: the answer's own sentence, not the whole fragment.
// A region that is itself replaced is not read out, so the sentence goes into one that stays (#announce).
(() => {
  "use strict";
  const ANSWER = ".verdict h2, .diagnosis h2, #result-title, .empty h2";

  const wordsOf = (element) => {
    const copy = element.cloneNode(true);
    copy.querySelectorAll("[aria-hidden=true]").forEach((sign) => sign.remove());
    return copy.textContent;
  };

  document.addEventListener("htmx:afterSettle", (event) => {
    const region = document.getElementById("announce");
    const fragment = event.detail.elt;
    if (!region || !fragment.querySelector) return;
    const sentence = fragment.querySelector("[data-announce]"); // what ended by itself says so itself
    if (sentence) region.textContent = sentence.textContent;
    if (sentence || !event.detail.requestConfig?.triggeringEvent) return;
    if (fragment.matches("[role=alert]") || fragment.querySelector("[role=alert]")) return; // it gets the focus, and is read
    const said = [fragment.querySelector("[role=status]"), fragment.querySelector(ANSWER)].filter(Boolean);
    const text = said.map(wordsOf).join(" ").replace(/\s+/g, " ").trim();
    const isTyping = event.detail.requestConfig.triggeringEvent.type === "input";
    if (text && !(isTyping && text === region.textContent)) region.textContent = text; // the same answer to each letter is noise
  });
})();
