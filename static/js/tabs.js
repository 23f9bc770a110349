// An older link names a place (#clients-title) of a page that has tabs now: it leads to the tab that holds the place.
// Where the tabs have no room, the one that is open is in sight.
(() => {
  "use strict";
  const current = document.querySelector(".tabs [aria-current]"), row = current?.closest(".tabs");
  if (row) { // the row alone: the page stays at its heading, however far below the tabs are
    const [one, all] = [current, row].map((part) => part.getBoundingClientRect());
    row.scrollLeft += one.left + one.width / 2 - all.left - all.width / 2;
  }
  const place = location.hash.slice(1);
  if (!place || document.getElementById(place)) return;
  const holds = (known) => (known.endsWith("-") ? place.startsWith(known) : place === known);
  const tab = [...document.querySelectorAll("[data-places]")].find((one) => one.dataset.places.split(" ").some(holds));
  if (tab && !tab.hasAttribute("aria-current")) location.replace(tab.href + location.hash);
})();
