// The messages of partials/messages.html: dismissable, and announced by screen readers.
const SUCCESS_STAYS_MS = 10_000; // Only good news leaves by itself, and never while it is being read.

const list = document.getElementById('messages');

function prepare(message) {
  if (message.dataset.prepared) return;
  message.dataset.prepared = 'true';
  if (message.dataset.level !== 'success') return;
  const leave = () => {
    if (message.matches(':hover, :focus-within')) {
      window.setTimeout(leave, SUCCESS_STAYS_MS);
    } else {
      message.remove();
    }
  };
  window.setTimeout(leave, SUCCESS_STAYS_MS);
}

function announce(text) {
  const template = document.getElementById('message-template');
  const message = template.content.firstElementChild.cloneNode(true);
  message.querySelector('[data-message-text]').textContent = text;
  list.append(message);
}

document.addEventListener('click', (event) => {
  event.target.closest('[data-dismiss-message]')?.closest('[data-message]').remove();
});

if (list) {
  // A live region speaks only of what is added after the page was read: add the server's messages again.
  const waiting = [...list.children];
  window.setTimeout(() => list.replaceChildren(...waiting), 200);
  new MutationObserver(() => [...list.children].forEach(prepare)).observe(list, { childList: true });

  document.addEventListener('htmx:responseError', () => {
    announce('That did not work. Nothing was saved; please try again or reload the page.');
  });
  document.addEventListener('htmx:sendError', () => {
    announce('The server cannot be reached. Nothing was saved; what you typed is still here.');
  });
}
