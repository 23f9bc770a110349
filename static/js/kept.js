// An answer that takes the place of its form and of what was answered before (data-answer="#place") leaves the form alone
// where somebody went on in it meanwhile: the answer itself comes, what was typed stays, and so does the focus. A form
// that is refused (not 200) tells what is to be mended in itself, and nothing was sent: it comes whole.
(() => {
  "use strict";
  const sent = new WeakMap(); // the form: what stood in it when it was sent

  // No file chosen is a file too: without a name, and as old as the question.
  const written = (value) => (value instanceof File ? value.name && [value.name, value.size, value.lastModified] : value);
  const stateOf = (form) => JSON.stringify([...new FormData(form)].map(([name, value]) => [name, written(value)]));
  const formOf = ({ requestConfig, elt }) => {
    const form = requestConfig?.elt ?? elt;
    return form?.matches?.("form[data-answer]") ? form : null;
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = formOf(event.detail);
    if (!form) return;
    form.removeAttribute("data-kept");
    sent.set(form, stateOf(form));
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = formOf(event.detail), place = form && document.querySelector(form.dataset.answer);
    const isWhole = place && [form, place].every((one) => event.detail.target.contains(one));
    if (!isWhole || event.detail.xhr.status !== 200 || sent.get(form) === stateOf(form)) return;
    form.setAttribute("data-kept", "");
    event.detail.target = place;
    event.detail.selectOverride = form.dataset.answer;
  });
})();
