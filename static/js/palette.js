// Find anything: arrows go through what was found, a letter goes back to the field, Enter in the field opens the first.
(() => {
  "use strict";
  const form = document.getElementById("palette-form");
  if (!form) return;
  const field = form.elements.text;
  let asked = "", answered = null, opensFirst = false;

  const things = () => [...form.querySelectorAll("#things :is(a, button)")];
  const isTyping = (event) => event.key.length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;

  const openFirst = () => {
    opensFirst = false;
    if (field.value.trim()) things()[0]?.click(); // of what may be done before anything is typed, somebody chooses
  };

  const go = (step) => {
    const places = [field, ...things()];
    places.at((places.indexOf(document.activeElement) + step) % places.length).focus();
  };

  form.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      go(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && event.target === field && !event.isComposing) {
      event.preventDefault();
      if (answered === field.value) return openFirst();
      opensFirst = true; // the answer that is on its way opens it
      form.requestSubmit();
    } else if (isTyping(event) && event.target.matches("a")) field.focus();
  });

  form.addEventListener("input", () => { opensFirst = false; });
  form.addEventListener("htmx:beforeRequest", () => { asked = field.value; });
  form.addEventListener("htmx:afterSettle", () => {
    answered = asked;
    document.getElementById("palette-said").textContent = document.getElementById("things").dataset.said;
    if (opensFirst && answered === field.value) openFirst();
  });
  form.addEventListener("reset", () => { answered = null; });

  // As a form does, past htmx: the text goes from the field to Inspect, and was never in an answer.
  form.addEventListener("click", (event) => {
    if (!event.target.closest("[data-inspect-this]")) return;
    form.action = form.dataset.inspect;
    form.submit();
  });
})();
