// <button data-copy="ID">: copies the text of that element and says so in the button's own words.
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-copy]');
  if (!button) return;
  const source = document.getElementById(button.dataset.copy);
  const status = button.querySelector('[data-copy-label]') ?? button;
  try {
    await navigator.clipboard.writeText(source.value ?? source.innerText);
    status.textContent = 'Copied';
  } catch {
    // No clipboard (not https, or refused): select the text, so that Ctrl-C does it.
    window.getSelection().selectAllChildren(source);
    status.textContent = 'Selected: press Ctrl+C';
  }
});
