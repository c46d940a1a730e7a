// A passkey that did not work: say so on the page. The library tells it by an event, also when it was cancelled.
const SENTENCES = {
  NotAllowedError: 'That was cancelled or took too long. Nothing has changed; try again, or take another way.',
  InvalidStateError: 'This device holds a passkey of yours already.',
};

document.addEventListener('allauth.error', (event) => {
  event.preventDefault();
  const place = document.querySelector('[data-passkey-trouble]');
  if (!place) return;
  place.textContent = SENTENCES[event.detail.exception?.name]
    ?? 'The passkey did not work. Nothing has changed; try again, or take another way.';
  place.hidden = false;
});
