// The form of a call (data-compose): the whole address is shown as it is typed, and the operation that it is.
(() => {
  "use strict";
  const formOf = (event) => event.target.closest?.("form[data-compose]");
  const field = (form, name) => form.querySelector(`[name="${name}"]`);

  const address = (base, path, query) => {
    const below = path.replace(/^\/+/, "");
    const rest = query.trim().replace(/^\?+/, "");
    return base.replace(/\/+$/, "") + (below ? `/${below}` : "") + (rest ? `?${rest}` : "");
  };

  const filled = (text, known) => text.replace(/\{\{[ \t]*([A-Za-z0-9_.-]{1,100})[ \t]*\}\}/g,
    (all, name) => Object.hasOwn(known, name) ? encodeURIComponent(known[name]) : all);

  const show = (form) => {
    const place = form.querySelector("#live-url");
    if (!place) return;
    const known = JSON.parse(place.dataset.known || "{}");
    const [path, query] = ["path", "query"].map((name) => filled(field(form, name).value, known));
    const parts = address(place.dataset.base, path.trim(), query).split(/(?<=[^/]\/)(?=[^/])/); // lines break there
    place.replaceChildren(...parts.flatMap((part, at) => (at ? [document.createElement("wbr"), part] : [part])));
  };

  const match = (form) => {
    const operation = form.querySelector("#operation");
    const path = field(form, "path").value, key = field(form, "operation_key")?.value; // its parameters have fields
    const isOfFields = key && path === field(form, "path_was").value && key.startsWith(`${field(form, "method").value} `);
    const typed = isOfFields ? key : `${field(form, "method").value} ${path.trim()}`;
    if (operation) operation.value = [...operation.options].some((one) => one.value === typed) ? typed : "";
  };

  document.addEventListener("input", (event) => {
    const form = formOf(event);
    if (!form || event.target.id === "operation") return; // operation.js takes that, and tells when it has
    show(form);
    match(form);
  });

  document.addEventListener("call:taken", (event) => show(event.target));
})();
