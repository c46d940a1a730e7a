// A form that came back with errors: put the focus on the summary, so that it is read first.
function focusSummary(within) {
  within.querySelector('[data-error-summary]')?.focus();
}

focusSummary(document);
document.addEventListener('htmx:afterSettle', (event) => focusSummary(event.target));
