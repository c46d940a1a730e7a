// A reason by one key: while nothing is being typed, a digit chooses the answer that shows it, and puts the
// focus there, so that Enter sends the form.
document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || !/^[0-9]$/.test(event.key)) return;
  if (event.target.closest?.('input:not([type="radio"]):not([type="checkbox"]), textarea, select')) return;
  const group = [...document.querySelectorAll('[data-one-key]')].find((one) => one.offsetParent !== null);
  const radio = group?.querySelectorAll('input[type="radio"]')[(Number(event.key) + 9) % 10];
  if (!radio) return;
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event('change', { bubbles: true }));
  event.preventDefault();
});
