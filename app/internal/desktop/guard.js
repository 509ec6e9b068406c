// Runs in every page of the window. The window shows the console's own pages
// and nothing else: a link to another place, or a second window, does nothing.
(() => {
  if (window.mingchaGuard) return;
  window.mingchaGuard = true;
  const ours = href => {
    try {
      const u = new URL(href, location.href);
      return u.protocol === location.protocol && u.host === location.host;
    } catch {
      return false;
    }
  };
  const onLink = event => {
    const link = event.target instanceof Element && event.target.closest("a[href]");
    if (!link) return;
    if (!ours(link.href)) event.preventDefault();
    else if (event.type === "auxclick" || link.target === "_blank") link.target = "_self";
  };
  document.addEventListener("click", onLink, true);
  document.addEventListener("auxclick", onLink, true);
  document.addEventListener("submit", event => { if (!ours(event.target.action)) event.preventDefault(); }, true);
  window.open = () => null;
  // The keys of every browser: larger, smaller, as it was.
  const zoom = { "+": "in", "=": "in", "-": "out", "_": "out", "0": "reset" };
  const ask = to => fetch("/~desktop/zoom?to=" + to, { method: "POST" }).catch(() => {});
  document.addEventListener("keydown", event => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing || !zoom[event.key]) return;
    event.preventDefault();
    ask(zoom[event.key]);
  }, true);
  document.addEventListener("wheel", event => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    if (event.deltaY) ask(event.deltaY < 0 ? "in" : "out");
  }, { capture: true, passive: false });
})();
