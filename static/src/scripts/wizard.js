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
