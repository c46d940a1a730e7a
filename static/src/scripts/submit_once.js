// A double click must not register a patient twice. The server refuses it too; this spares the error.
// The button stays enabled (disabled buttons lose the focus and their name=value), the second submit is dropped.
const RELEASE_AFTER_MS = 10_000; // An answer that is a download leaves the page as it is.

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (form.method !== 'post' || event.defaultPrevented) return;
  if (form.dataset.submitted) {
    event.preventDefault();
    return;
  }
  form.dataset.submitted = 'true';
  form.setAttribute('aria-busy', 'true');
  window.setTimeout(() => release(form), RELEASE_AFTER_MS);
});

// Coming back by the browser's history must find the form usable.
window.addEventListener('pageshow', () => {
  for (const form of document.querySelectorAll('form[data-submitted]')) release(form);
});
document.addEventListener('htmx:afterRequest', (event) => {
  const form = event.target.closest?.('form[data-submitted]');
  if (form) release(form);
});

function release(form) {
  delete form.dataset.submitted;
  form.removeAttribute('aria-busy');
}
