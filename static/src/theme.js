// Loaded blocking in <head>, before anything is painted: no flash of the wrong theme.
// "system" (or nothing stored) follows the machine; the choice itself is made in theme_switch.js.
const root = document.documentElement;
const machinePrefersDark = window.matchMedia('(prefers-color-scheme: dark)');

function apply() {
  let choice = 'system';
  try {
    choice = window.localStorage.getItem('theme') ?? 'system';
  } catch {
    // Storage may be forbidden by the hospital's browser policy: then the machine decides.
  }
  const dark = choice === 'dark' || (choice === 'system' && machinePrefersDark.matches);
  root.dataset.bsTheme = dark ? 'dark' : 'light';
  root.dataset.themeChoice = choice;
}

root.classList.add('js');
apply();
machinePrefersDark.addEventListener('change', apply);
window.addEventListener('storage', apply);
window.addEventListener('theme-chosen', apply);
