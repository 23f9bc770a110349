// A link may carry a token behind its # (#token=, #access_token=, #id_token=), where no server and no log sees it. It is
// taken out of the address and its history before anything else happens, and put into the box that reads it.
(() => {
  "use strict";
  const NAMES = ["token", "access_token", "id_token"];
  const KNOWN = new RegExp(`[#&](?:${NAMES.join("|")})=`);

  const taken = () => {
    if (!KNOWN.test(location.hash)) return "";
    const told = new URLSearchParams(location.hash.slice(1));
    history.replaceState(history.state, "", location.pathname + location.search);
    return NAMES.flatMap((name) => told.getAll(name)).filter(Boolean).join("\n");
  };

  const put = (text) => {
    const box = text && document.getElementById("id_text");
    if (box) box.value = text;
    return box;
  };

  const read = (box) => { box?.dispatchEvent?.(new Event("input", { bubbles: true })); };

  const first = taken();
  if (first) {
    document.addEventListener("DOMContentLoaded", () => put(first));
    document.addEventListener("htmx:load", () => read(document.getElementById("id_text")), { once: true });
  }
  addEventListener("hashchange", () => { read(put(taken())); });
})();
