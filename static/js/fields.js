// The fields of single parameters in the form of a call write its path and query as they are typed.
(() => {
  "use strict";
  const named = /%7B%7B(?:%20){0,9}([A-Za-z0-9_.-]{1,100})(?:%20){0,9}%7D%7D/g; // {{a variable}}, which is filled in later
  const encoded = (value) => encodeURIComponent(value.toWellFormed?.() ?? value).replace(named, "{{$1}}");

  const pairs = (one) => {
    const name = encoded(one.dataset.parameter), value = one.value.trim();
    if (!value) return [];
    if ("repeated" in one.dataset) return value.split(",").map((each) => `${name}=${encoded(each)}`);
    return [`${name}=${encoded(value).replaceAll("%2C", ",")}`];
  };

  const write = (form, group) => {
    const all = [...group.querySelectorAll("[data-parameter]")];
    const of = (place) => all.filter((one) => one.dataset.place === place);
    const path = of("path").reduce((made, one) => {
      const value = one.value.trim();
      return value ? made.replaceAll(`{${one.dataset.parameter}}`, () => encoded(value)) : made;
    }, group.dataset.template);
    const query = [...of("query").flatMap(pairs), ...(group.dataset.rest ? [group.dataset.rest] : [])].join("&");
    for (const [name, value] of [["path", path], ["query", query]]) {
      form.elements[name].value = value;
      form.elements[`${name}_was`].value = value;
    }
    form.elements.path.dispatchEvent(new Event("input", { bubbles: true })); // the whole address is shown
  };

  document.addEventListener("input", (event) => {
    const group = event.target.dataset?.parameter === undefined ? null : event.target.closest(".parameters");
    if (group) write(event.target.form, group);
  });
})();
