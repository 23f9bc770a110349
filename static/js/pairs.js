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

  const headers = (form) => [...form.querySelectorAll("#id_headers .pair")].map((row) => [...row.querySelectorAll("input")]);

  // What was typed into the field of a header (data-header) stays as a row, when its operation goes.
  document.addEventListener("operation:gone", ({ target: form }) => {
    for (const { dataset, value } of form.querySelectorAll("[data-header]")) {
      const row = headers(form).find((pair) => !pair.some((one) => one.value));
      if (!row || !value.trim()) continue;
      [row[0].value, row[1].value] = [dataset.header, value.trim()];
      row[1].dispatchEvent(new Event("input", { bubbles: true }));
      row[0].closest("details").open = true;
    }
  });

  // And a row that stayed becomes the field's, when an operation comes that has one: it is sent once.
  document.addEventListener("htmx:afterSwap", ({ target }) => {
    if (target.id !== "address-part") return;
    for (const field of target.querySelectorAll("[data-header]")) {
      const row = headers(target.closest("form")).find(([name]) => name.value.trim().toLowerCase() === field.dataset.header.toLowerCase());
      if (!row) continue;
      field.value = row[1].value;
      for (const one of row) one.value = "";
    }
  });
})();
