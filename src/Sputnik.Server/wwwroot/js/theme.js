// A classic script in the head: the chosen theme stands before the first paint. preferences.js writes what it reads.
(() => {
  let theme = 'system';
  try {
    theme = JSON.parse(localStorage.getItem('sputnik.preferences'))?.theme ?? 'system';
  } catch {
    theme = 'system'; // nothing readable is stored: the system's theme holds
  }
  if (theme === 'light' || theme === 'dark') { document.documentElement.dataset.theme = theme; }
})();
