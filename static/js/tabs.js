// An older link names a place (#clients-title) of a page that has tabs now: it leads to the tab that holds the place.
// Where the tabs have no room, the one that is open is in sight.
(() => {
  "use strict";
  document.querySelector(".tabs [aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  const place = location.hash.slice(1);
  if (!place || document.getElementById(place)) return;
  const holds = (known) => (known.endsWith("-") ? place.startsWith(known) : place === known);
  const tab = [...document.querySelectorAll("[data-places]")].find((one) => one.dataset.places.split(" ").some(holds));
  if (tab && !tab.hasAttribute("aria-current")) location.replace(tab.href + location.hash);
})();
