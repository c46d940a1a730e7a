// The lock over a page that nobody uses (docs/sign-in.md). What was typed stays below it, and nothing of the page can
// be seen; the server counts for itself and refuses whatever comes meanwhile. The tabs of a browser count together.
const overlay = document.getElementById('lock');
const CHECK_EVERY_MS = 5_000;
const TELL_EVERY_MS = 4 * 60_000; // Typing alone reaches no server: tell it that somebody is there.
const LOCKED = 423;

// The second tab that was opened to prove it: tell the first.
const proved = document.querySelector('[data-unlocked]');
if (proved) tellTabs(proved.dataset.unlocked);

if (overlay) {
  watch();
  answerTheForm();
  noticeRefusals();
}

function tellTabs(person) {
  localStorage.setItem('unlocked', JSON.stringify({ person, at: Date.now() }));
}

function note() {
  if (!overlay.open) localStorage.setItem('used-at', String(Date.now()));
}

function watch() {
  const idle = Number(overlay.dataset.idleSeconds) * 1000;
  let told = Date.now();
  const check = async () => {
    if (overlay.open) return;
    const usedAt = Number(localStorage.getItem('used-at') ?? 0);
    if (Date.now() - usedAt >= idle) {
      cover();
      await post(overlay.dataset.lockUrl);
    } else if (usedAt > told && Date.now() - told > TELL_EVERY_MS) {
      told = Date.now();
      if ((await post(overlay.dataset.usedUrl)).status === LOCKED) cover();
    }
  };
  note();
  for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchstart']) {
    document.addEventListener(kind, note, { passive: true, capture: true });
  }
  window.setInterval(check, CHECK_EVERY_MS);
  document.addEventListener('visibilitychange', () => { if (!document.hidden) check(); });
  overlay.addEventListener('cancel', (event) => event.preventDefault());
}

function cover() {
  if (overlay.open) return;
  overlay.showModal();
  overlay.querySelector('input[type=password]')?.focus();
}

const refused = [];

function uncover() {
  overlay.close();
  note();
  // What was refused meanwhile is asked again, by the element that asked.
  for (const { elt, verb, path, target } of refused.splice(0)) {
    if (elt.isConnected) window.htmx.ajax(verb, path, { source: elt, target });
  }
}

function post(url, fields = {}) {
  const csrf = overlay.querySelector('[name=csrfmiddlewaretoken]').value;
  const body = new URLSearchParams({ ...fields, csrfmiddlewaretoken: csrf });
  return fetch(url, { method: 'POST', body, redirect: 'manual', headers: { 'HX-Request': 'true' } });
}

function answerTheForm() {
  overlay.querySelector('[data-unlock]').addEventListener('submit', async (event) => {
    event.preventDefault();
    const form = event.target;
    const answer = await post(form.action, { secret: form.elements.secret.value });
    form.elements.secret.value = '';
    const trouble = form.querySelector('[data-trouble]');
    trouble.hidden = answer.ok;
    if (answer.ok) {
      tellTabs(overlay.dataset.person);
      uncover();
    } else if (answer.status === 422) {
      trouble.textContent = (await answer.json()).sentence;
    } else {
      trouble.textContent = 'You are signed out. Take the other way below: sign in, in a new tab, and come back.';
    }
  });
  window.addEventListener('storage', async (event) => {
    if (event.key !== 'unlocked' || !overlay.open) return;
    const answer = await fetch(overlay.dataset.tokenUrl, { redirect: 'manual', headers: { 'HX-Request': 'true' } });
    if (!answer.ok) return;
    const { person, token } = await answer.json();
    if (person !== overlay.dataset.person) {
      window.location.replace('/'); // Somebody else sits here now.
      return;
    }
    for (const field of document.querySelectorAll('[name=csrfmiddlewaretoken]')) field.value = token;
    document.body.setAttribute('hx-headers', JSON.stringify({ 'X-CSRFToken': token }));
    uncover();
  });
}

function noticeRefusals() {
  document.addEventListener('htmx:beforeOnLoad', (event) => {
    const { xhr, requestConfig, target } = event.detail;
    if (xhr.status !== LOCKED) return;
    event.preventDefault();
    refused.push({ elt: requestConfig.elt, verb: requestConfig.verb, path: requestConfig.path, target });
    cover();
  });
}
