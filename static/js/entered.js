// A choice draws its form anew (its fields follow it): what a person enters while that is on its way stands in the new
// form too, and a choice that was made meanwhile is followed as well.
(() => {
  "use strict";
  const NEVER = new Set(["hidden", "file", "submit", "button"]);
  const sent = new WeakMap(); // the form: what stood in it when its choice was sent
  let entered = new Map(); // what was entered since, until the new form is there

  const isTicked = (field) => field.type === "checkbox" || field.type === "radio";
  const keyOf = (field) => (isTicked(field) ? `${field.name}=${field.value}` : field.name);
  const valueOf = (field) => (isTicked(field) ? field.checked : field.value);
  const fieldsOf = (form) => [...form.elements].filter((field) => field.name && !NEVER.has(field.type));
  const formOf = ({ elt, triggeringEvent }) => (triggeringEvent?.type === "change" ? elt.closest("form") : null);

  const enter = (field, value) => {
    if (isTicked(field)) field.checked = value;
    else field.value = value;
    if (field.hasAttribute("hx-trigger")) field.dispatchEvent(new Event("change", { bubbles: true }));
  };

  document.addEventListener("htmx:beforeRequest", (event) => {
    const form = formOf(event.detail.requestConfig);
    if (form) sent.set(form, new Map(fieldsOf(form).map((field) => [keyOf(field), valueOf(field)])));
  });

  document.addEventListener("htmx:beforeSwap", (event) => {
    const form = formOf(event.detail.requestConfig);
    const before = form && sent.get(form);
    const changed = before ? fieldsOf(form).filter((field) => before.get(keyOf(field)) !== valueOf(field)) : [];
    entered = new Map(changed.map((field) => [keyOf(field), valueOf(field)]));
  });

  document.addEventListener("htmx:afterSettle", (event) => {
    const form = event.detail.elt.querySelector?.("form");
    if (!form || !formOf(event.detail.requestConfig ?? {})) return;
    const values = entered;
    entered = new Map();
    for (const field of fieldsOf(form)) if (values.has(keyOf(field))) enter(field, values.get(keyOf(field)));
  });
})();
