// Live "expires in 42 min 10 s" in every element with data-expires (epoch seconds); the server wrote the first text.
(() => {
  "use strict";
  const SOON_S = 300;
  const LAST_S = 30;

  const inWords = (seconds) => {
    const [d, h, m, s] = [Math.floor(seconds / 86400), Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60];
    if (d) return `${d} d ${h} h`;
    if (h) return `${h} h ${m} min`;
    return m ? `${m} min ${s} s` : `${s} s`;
  };

  const toneOf = (left) => (left <= LAST_S ? "fail" : left <= SOON_S ? "warning" : "pass");

  const update = (element) => {
    const left = Math.floor(Number(element.dataset.expires) - window.consoleClock.now());
    const text = left > 0 ? `expires in ${inWords(left)}` : `expired ${inWords(-left)} ago`;
    const place = element.querySelector("[data-countdown-text]") ?? element;
    if (place.textContent !== text) place.textContent = text;
    element.classList.remove("pass", "warning", "fail");
    element.classList.add(toneOf(left));
  };

  const updateAll = () => {
    if (!document.hidden) document.querySelectorAll("[data-expires]").forEach(update);
  };

  updateAll();
  setInterval(updateAll, 1000);
  document.addEventListener("visibilitychange", updateAll);
  document.addEventListener("htmx:afterSwap", updateAll);
})();
