// <button data-print>: the browser's own print dialog. Open what is folded, so that paper hides nothing.
document.addEventListener('click', (event) => {
  if (event.target.closest('[data-print]')) window.print();
});

window.addEventListener('beforeprint', () => {
  for (const details of document.querySelectorAll('main details:not([open])')) {
    details.open = true;
    details.dataset.openedForPrint = 'true';
  }
});
window.addEventListener('afterprint', () => {
  for (const details of document.querySelectorAll('[data-opened-for-print]')) {
    details.open = false;
    delete details.dataset.openedForPrint;
  }
});
