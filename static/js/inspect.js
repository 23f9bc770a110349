// A file that is dropped on a form with data-drop-file="#input" is put into that input; nothing is sent by it.
// With the form goes what this browser's clock shows, so that the answer can say when it disagrees.
(() => {
  "use strict";

  const formOf = (event) => {
    const holdsFile = event.dataTransfer && [...event.dataTransfer.types].includes("Files");
    return holdsFile ? event.target.closest("[data-drop-file]") : null;
  };

  const mark = (form, isOver) => form.classList.toggle("dropping", isOver);

  document.addEventListener("dragover", (event) => {
    const form = formOf(event);
    if (!form) return;
    event.preventDefault(); // this allows the drop
    mark(form, true);
  });

  document.addEventListener("dragleave", (event) => {
    const form = formOf(event);
    if (form && !form.contains(event.relatedTarget)) mark(form, false);
  });

  document.addEventListener("drop", (event) => {
    const form = formOf(event);
    if (!form) return;
    event.preventDefault();
    mark(form, false);
    const input = form.querySelector(form.dataset.dropFile);
    const one = new DataTransfer();
    one.items.add(event.dataTransfer.files[0]);
    input.files = one.files;
    input.focus();
  });

  // What a press has sent already is not sent once more by itself: somebody may read on in the answer by then.
  let sent = null;
  document.addEventListener("htmx:configRequest", (event) => {
    const { elt, parameters } = event.detail;
    if (elt.id !== "paste" && elt.id !== "inspect-form") return;
    if (elt.id === "paste" && parameters.text === sent) event.preventDefault();
    sent = parameters.text;
    parameters.browser_now = Math.floor(Date.now() / 1000);
  });
  document.addEventListener("htmx:oobAfterSwap", () => { sent = null; }); // it was taken away, and may come again

  document.addEventListener("submit", (event) => {
    const clock = event.target.elements.namedItem("browser_now");
    if (clock) clock.value = Math.floor(Date.now() / 1000);
  }, true);
})();
