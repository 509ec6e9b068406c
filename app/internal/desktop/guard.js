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
})();
