// A number and the boxes beside it ("None found", "Not known") are one answer: giving one takes the others back.
// It listens while the event goes down, so that what htmx sends on the way up is settled already.
document.addEventListener(
  'change',
  (event) => {
    const group = event.target.closest?.('[data-one-of]');
    if (!group) return;
    const given = event.target.type === 'checkbox' ? event.target.checked : event.target.value.trim() !== '';
    if (!given) return;
    for (const control of group.querySelectorAll('input')) {
      if (control === event.target) continue;
      if (control.type === 'checkbox') control.checked = false;
      else control.value = '';
    }
  },
  true,
);

// S beside a question with an older value says that it is still true: one key, without leaving the answers.
document.addEventListener('keydown', (event) => {
  if (event.key.toLowerCase() !== 's' || event.ctrlKey || event.metaKey || event.altKey) return;
  const question = event.target.closest?.('.question');
  const button = question?.querySelector('[data-still]');
  if (!button || (event.target.type === 'text' && event.target.value !== '')) return;
  event.preventDefault();
  button.click();
});

// A link to a question puts the keyboard into its answers, not only the eye on it.
function goToQuestion() {
  const question = document.querySelector('.question:target');
  const answer = question?.querySelector('input:checked') ?? question?.querySelector('input:not([type="hidden"])');
  answer?.focus();
}
window.addEventListener('hashchange', goToQuestion);
window.addEventListener('load', goToQuestion);
