// The operation of a call (in data-compose) that is chosen: its method and path are taken, or it comes with all that is
// told of it.
(() => {
  "use strict";
  const SAVED = "saved:"; // before the id of a saved request
  const field = (form, name) => form.querySelector(`[name="${name}"]`);

  const take = (form, operation) => {
    const [method, path] = operation.split(" ");
    if (!path) return;
    if (method !== "*") field(form, "method").value = method;
    field(form, "path").value = path.split("*")[0];
    form.dispatchEvent(new CustomEvent("call:taken", { bubbles: true }));
    if (path.includes("*")) field(form, "path").focus(); // a part is left to fill in
  };

  const isTyped = (form) => [...form.querySelectorAll("[data-pairs] input, #id_body, #id_body_file")].some((one) => one.value !== one.defaultValue);
  const isUnderWay = (form) => form.hasAttribute("aria-busy"); // its answer wants its place (kept.js)

  // A saved request has headers and a body of its own.
  const partOf = (form, operation) => {
    if (operation.startsWith(SAVED)) return isUnderWay(form) ? "#call-fields" : "#call";
    return isTyped(form) || isUnderWay(form) ? "#address-part" : "#call";
  };

  // The operation of a document comes with all that is told of it; headers and a body that somebody just typed stay.
  const load = (form, operation) => {
    if (!operation) {
      form.dispatchEvent(new CustomEvent("operation:gone", { bubbles: true }));
      form.querySelectorAll("#operation-told, #parameters").forEach((one) => one.remove());
      return;
    }
    const part = partOf(form, operation), taking = form.querySelector("#operation").form;
    for (const name of ["hx-target", "hx-select"]) taking.setAttribute(name, part);
    taking.requestSubmit();
  };

  document.addEventListener("keydown", (event) => {
    const button = event.target.dataset?.enter;
    if (!button || event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
    event.preventDefault();
    document.querySelector(button).click();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-saved]"), form = link?.closest("form[data-compose]");
    if (!form || !isUnderWay(form) || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault(); // another page would never get the answer
    form.querySelector("#operation").value = link.dataset.saved;
    load(form, link.dataset.saved);
  });

  document.addEventListener("input", (event) => {
    const form = event.target.id === "operation" && event.target.closest("form[data-compose]");
    if (!form) return;
    const { value } = event.target;
    (value.startsWith(SAVED) || "documented" in form.dataset ? load : take)(form, value);
  });
})();
