// Enter within the form of a passkey does what its button does: sent as it stands, it would bring no passkey along.
document.addEventListener("submit", (event) => {
  "use strict";
  const credential = event.target.querySelector("input[name=credential]");
  if (!credential || !["", "null"].includes(credential.value)) return; // an empty one is written as JSON
  event.preventDefault();
  event.target.querySelector("button.needs-script")?.click();
});
