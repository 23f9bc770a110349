// The form of a call (data-compose): an operation fills method and path, and the whole address is shown as it is typed.
(() => {
  "use strict";
  const formOf = (event) => event.target.closest?.("form[data-compose]");
  const field = (form, name) => form.querySelector(`[name="${name}"]`);

  const address = (base, path, query) => {
    const below = path.replace(/^\/+/, "");
    const rest = query.trim().replace(/^\?+/, "");
    return base.replace(/\/+$/, "") + (below ? `/${below}` : "") + (rest ? `?${rest}` : "");
  };

  const show = (form) => {
    const place = form.querySelector("#live-url");
    if (place) place.textContent = address(place.dataset.base, field(form, "path").value.trim(), field(form, "query").value);
  };

  const match = (form) => {
    const operation = form.querySelector("#operation");
    const typed = `${field(form, "method").value} ${field(form, "path").value.trim()}`;
    if (operation) operation.value = [...operation.options].some((one) => one.value === typed) ? typed : "";
  };

  const take = (form, operation) => {
    const [method, path] = operation.split(" ");
    if (!path) return;
    if (method !== "*") field(form, "method").value = method;
    field(form, "path").value = path.split("*")[0];
    show(form);
    if (path.includes("*")) field(form, "path").focus(); // a part is left to fill in
  };

  document.addEventListener("input", (event) => {
    const form = formOf(event);
    if (!form) return;
    if (event.target.id === "operation") { take(form, event.target.value); return; }
    show(form);
    match(form);
  });
})();
