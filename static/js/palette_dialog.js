// Ctrl/⌘+K opens the palette over the page; on the page "Find" it leads to the field. Esc closes it, and the browser
// gives the focus back to where it was.
(() => {
  "use strict";
  const form = document.getElementById("palette-form");
  if (!form) return;
  const dialog = form.closest("dialog");

  const clear = () => { // nothing that was pasted stays
    window.htmx?.trigger(form, "htmx:abort");
    form.reset();
    document.getElementById("things").replaceChildren();
  };

  const open = () => {
    if (dialog && !dialog.open) {
      clear(); // closed a moment ago, it may not have been told yet
      dialog.showModal();
      form.requestSubmit(); // what may be done here
    }
    form.elements.text.select();
    form.elements.text.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.key?.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
    if (document.querySelector("dialog[open]:not(#palette)")) return;
    event.preventDefault();
    open();
  });

  document.querySelector("[data-open-palette]")?.addEventListener("click", (event) => {
    if (!dialog || event.ctrlKey || event.metaKey || event.shiftKey) return; // a tab of its own
    event.preventDefault();
    open();
  });

  dialog?.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close-palette]")) dialog.close();
  });

  dialog?.addEventListener("close", () => { // told late: what is typed into a palette that is open again stays
    if (!dialog.open) clear();
  });

  // What went wrong is told on the page, behind the palette.
  for (const name of ["htmx:responseError", "htmx:sendError"]) form.addEventListener(name, () => dialog?.close());
})();
