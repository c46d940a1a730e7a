// Typing a visit without the mouse: Enter and the arrows go from value to value, Ctrl+Enter saves. Without this
// script Tab does the same, one field at a time.
const VALUES = '[data-grid-value]';

document.addEventListener('keydown', (event) => {
  const form = event.target.closest?.('form[data-grid]');
  if (!form || event.isComposing || event.altKey || event.shiftKey) return;
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    form.requestSubmit(form.querySelector('.form-actions .btn-primary'));
  } else if (!event.ctrlKey && !event.metaKey) {
    const step = stepOf(event);
    if (step && move(form, event.target, step)) event.preventDefault();
  }
});

// Enter moves on from every field; the arrows only between typed values (a list uses them for its choices).
function stepOf(event) {
  const { target, key } = event;
  if (!target.matches('input, select') || target.matches('[type=checkbox], [type=radio]')) return 0;
  if (key === 'Enter') return 1;
  if (!target.matches(`input${VALUES}`)) return 0;
  return { ArrowDown: 1, ArrowUp: -1 }[key] ?? 0;
}

function move(form, from, step) {
  const values = [...form.querySelectorAll(VALUES)].filter((field) => field.checkVisibility());
  const stop = step > 0 ? Node.DOCUMENT_POSITION_FOLLOWING : Node.DOCUMENT_POSITION_PRECEDING;
  const ahead = values.filter((field) => from.compareDocumentPosition(field) & stop);
  const next = step > 0 ? ahead[0] ?? form.querySelector('.form-actions .btn-primary') : ahead.at(-1);
  next?.focus();
  next?.select?.();
  return true;
}
