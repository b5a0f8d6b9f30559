// Before the first paint: the look that the reader chose, else the system's.
(() => {
  try {
    const theme = localStorage.getItem("mv-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch { /* storage is forbidden: the system's look stays */ }
})();
