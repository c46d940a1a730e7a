// Signing with a passkey: its answer goes into the form. A form with one button is sent at once; where there are
// several, the passkey says who, and the person still says what.
document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-passkey-proof]');
  if (!button) return;
  const form = button.form;
  const told = form.querySelector('[data-passkey-given]');
  try {
    const answer = await fetch(button.dataset.passkeyProof, { headers: { Accept: 'application/json' } });
    if (!answer.ok) throw new Error('No question for the passkey.');
    const { request_options: question } = await answer.json();
    const credential = await window.webauthnJSON.get(question);
    form.elements.passkey.value = JSON.stringify(credential);
    const buttons = form.querySelectorAll('button:not([type="button"])');
    if (buttons.length === 1) {
      form.requestSubmit(buttons[0]);
    } else {
      told.textContent = 'The passkey has answered. Now choose.';
      buttons[0].focus();
    }
  } catch (exception) {
    document.dispatchEvent(new CustomEvent('allauth.error', { detail: { exception }, cancelable: true }));
  }
});
