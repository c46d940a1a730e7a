// The radio buttons of partials/theme_switch.html: light, dark, or as the machine says.
function showChoice() {
  const choice = document.documentElement.dataset.themeChoice;
  for (const radio of document.querySelectorAll('input[name="theme"]')) {
    radio.checked = radio.value === choice;
  }
}

document.addEventListener('change', (event) => {
  if (!event.target.matches('input[name="theme"]')) return;
  try {
    window.localStorage.setItem('theme', event.target.value);
  } catch {
    return; // Storage forbidden: nothing can be remembered.
  }
  window.dispatchEvent(new Event('theme-chosen'));
});

window.addEventListener('theme-chosen', showChoice);
showChoice();
