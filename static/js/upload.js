// A form that sends a file (data-upload="#place") says how far it is: the bytes that are sent, then that they are read.
(() => {
  "use strict";
  const placeOf = (event) => {
    const form = event.detail.elt.closest?.("form[data-upload]");
    return form ? document.querySelector(form.dataset.upload) : null;
  };

  const say = (place, text) => {
    const words = place.querySelector("[role=status]");
    if (words.textContent !== text) words.textContent = text;
  };

  const megabytes = (bytes) => (bytes / 1e6).toFixed(1);

  document.addEventListener("htmx:beforeRequest", (event) => {
    const place = placeOf(event);
    if (!place) return;
    place.hidden = false;
    place.querySelector("progress").value = 0;
    say(place, "Sending…");
  });

  document.addEventListener("htmx:xhr:progress", (event) => {
    const place = placeOf(event);
    const { lengthComputable, loaded, total } = event.detail;
    if (!place || place.hidden || !lengthComputable || !total || place.dataset.sent) return;
    if (loaded < total) {
      place.querySelector("progress").value = loaded / total;
      return;
    }
    place.dataset.sent = "yes"; // what comes now is the answer on its way
    place.querySelector("progress").removeAttribute("value");
    say(place, `${megabytes(total)} MB are sent and being read…`);
  });

  document.addEventListener("htmx:afterRequest", (event) => {
    const place = placeOf(event);
    if (!place) return;
    place.hidden = true;
    delete place.dataset.sent;
  });
})();
