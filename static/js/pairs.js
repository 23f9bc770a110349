// Rows of names and values (data-pairs): what is typed into the last one makes the next.
(() => {
  "use strict";
  const renumbered = (text, number) => text.replace(/\d+/, number);

  document.addEventListener("input", (event) => {
    const row = event.target.closest?.("[data-pairs] > .pair");
    if (!row || row.nextElementSibling || !event.target.value) return;
    const next = row.cloneNode(true), number = row.parentElement.children.length + 1;
    for (const input of next.querySelectorAll("input")) {
      input.value = "";
      input.id = renumbered(input.id, number);
      input.setAttribute("aria-label", renumbered(input.getAttribute("aria-label"), number));
    }
    row.after(next);
  });
})();
