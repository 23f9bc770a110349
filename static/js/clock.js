// The server's clock in the browser: window.consoleClock.now() is epoch seconds as the server counts them.
// A browser's clock that is off by more than 5 s makes "expires in" wrong for whoever reads it elsewhere, so it is said.
(() => {
  "use strict";
  const TOLERATED_S = 5;

  const measuredSkew = () => {
    const serverNow = Number(document.body.dataset.serverNow);
    const page = performance.getEntriesByType("navigation")[0];
    if (!serverNow || !page || page.transferSize === 0) return 0; // from a cache: the page's time is not now
    return (performance.timeOrigin + page.responseStart) / 1000 - serverNow;
  };

  const inWords = (seconds) => {
    if (seconds < 120) return `${Math.round(seconds)} s`;
    if (seconds < 7200) return `${Math.round(seconds / 60)} min`;
    return `${Math.round(seconds / 3600)} h`;
  };

  const skew = measuredSkew();
  // Below the tolerance the measure is mostly the time the page travelled.
  const applied = Math.abs(skew) > TOLERATED_S ? skew : 0;
  window.consoleClock = { skew, now: () => Date.now() / 1000 - applied };

  const notice = document.getElementById("clock-skew");
  if (notice && applied) {
    const side = applied > 0 ? "ahead of" : "behind";
    notice.textContent =
      `This computer's clock is ${inWords(Math.abs(applied))} ${side} the server's. ` +
      "Times on this page follow the server's clock. Tokens made on this computer may be refused until its clock is set right.";
    notice.hidden = false;
  }
})();
