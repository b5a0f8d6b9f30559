// Enhancements only: every page works without them.
const root = document.documentElement;

// "/" goes to the search box.
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest?.("input, textarea, select, [contenteditable]");
  if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    document.getElementById("mv-q")?.focus();
  }
});

// Light or dark.
for (const button of document.querySelectorAll(".mv-theme")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const dark = root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.theme = dark ? "light" : "dark";
    try { localStorage.setItem("mv-theme", root.dataset.theme); } catch { /* for this page only */ }
  });
}

// An event that the address names is opened.
function openNamed() {
  const named = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
  const details = named && named.querySelector(":scope > details");
  if (!details) return;
  details.open = true;
  details.querySelector("summary").focus({ preventScroll: true });
  named.scrollIntoView({ block: "center" });
}
addEventListener("hashchange", openNamed);
openNamed();

// The timeline: the arrows walk along its marks, Home and End jump.
for (const picture of document.querySelectorAll(".mv-timeline svg")) {
  const marks = [...picture.querySelectorAll("[data-mv-mark]")];
  const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
  picture.addEventListener("keydown", (event) => {
    const at = marks.indexOf(document.activeElement);
    if (at < 0) return;
    const to = event.key === "Home" ? 0 : event.key === "End" ? marks.length - 1 : step[event.key] ? at + step[event.key] : null;
    if (to === null) return;
    event.preventDefault();
    marks[Math.min(Math.max(to, 0), marks.length - 1)].focus();
  });
  // A second click on the same mark changes no address, so the event is opened by hand.
  for (const mark of marks) mark.addEventListener("click", () => { if (mark.getAttribute("href") === location.hash) openNamed(); });
}
