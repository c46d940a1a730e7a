// An answer that is still on its way when the form goes off would be overtaken by it and look like somebody else's
// change. So a form with a request under way waits for it, then goes off with the same button.
const DONE = ['htmx:afterSettle', 'htmx:responseError', 'htmx:sendError', 'htmx:timeout', 'htmx:abort'];

document.addEventListener(
  'submit',
  (event) => {
    const form = event.target;
    if (!isSaving(form)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const button = event.submitter;
    const goOff = () =>
      window.setTimeout(() => {
        if (isSaving(form)) return;
        for (const name of DONE) document.removeEventListener(name, goOff);
        form.requestSubmit(button);
      });
    for (const name of DONE) document.addEventListener(name, goOff);
  },
  { capture: true },
);

function isSaving(form) {
  return form.querySelector('.htmx-request') !== null;
}
