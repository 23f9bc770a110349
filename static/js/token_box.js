// The three parts of a pasted token in their colours, in the box itself (data-colours="#box"). The box goes on to hold the
// text, the caret and the selection; a copy of the text lies over it, for the eye alone.
(() => {
  "use strict";
  const TOKEN = /^(\s*(?:authorization:\s*)?(?:bearer\s+)?)([\w-]+)(\.)([\w-]*)(\.)([\w-]*)(\s*)$/i;
  const CLASSES = ["", "part-header", "", "part-payload", "", "part-signature", ""];
  const MOST = 20000; // characters: nobody reads a longer one by its colours
  const place = document.querySelector("[data-colours]");
  const boxNow = () => document.querySelector(place.dataset.colours); // a new one after a paste was taken away
  const first = place && boxNow();
  if (!first) return;

  const frame = document.createElement("div");
  const copy = document.createElement("div");
  copy.className = "colours";
  copy.setAttribute("aria-hidden", "true");
  first.replaceWith(frame);
  frame.append(first, copy);

  const partsOf = (text) => (text.length <= MOST && TOKEN.exec(text)?.slice(1)) || [];

  const follow = () => {
    copy.style.inlineSize = `${boxNow().clientWidth}px`;
    copy.style.blockSize = `${boxNow().clientHeight}px`;
    copy.scrollTop = boxNow().scrollTop;
  };

  const paint = () => {
    const parts = partsOf(boxNow().value);
    copy.replaceChildren(...parts.map((part, number) => {
      const span = document.createElement("span");
      span.className = CLASSES[number];
      span.textContent = part;
      return span;
    }));
    frame.className = parts.length ? "coloured" : "";
    follow();
  };

  const sizes = new ResizeObserver(follow);
  const watch = () => { sizes.disconnect(); sizes.observe(boxNow()); paint(); };
  place.addEventListener("input", paint);
  place.addEventListener("scroll", follow, true);
  document.addEventListener("htmx:oobAfterSwap", watch);
  addEventListener("pageshow", paint);
  document.addEventListener("DOMContentLoaded", watch);
})();
