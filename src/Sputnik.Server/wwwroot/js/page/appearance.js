import { preferences, prefer } from './preferences.js';

/** The themes a reader chooses from, in the order the button goes through them. */
export const THEMES = { system: 'System theme', light: 'Light theme', dark: 'Dark theme' };

/** Goes to the next theme and returns its name. */
export function nextTheme() {
  const names = Object.keys(THEMES);
  const theme = names[(names.indexOf(preferences().theme) + 1) % names.length];
  prefer({ theme });
  if (theme === 'system') { delete document.documentElement.dataset.theme; } else { document.documentElement.dataset.theme = theme; }
  dispatchEvent(new Event('themechange'));
  return theme;
}
