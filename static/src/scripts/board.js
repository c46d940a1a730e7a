// The tumour board's list by keyboard: j and k walk, n and p act only while a patient's block has the focus.
const cases = [...document.querySelectorAll('[data-board-case]')];

if (cases.length) {
  document.addEventListener('keydown', (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || event.target.matches('input, textarea, select')) return;
    const place = cases.indexOf(document.activeElement?.closest('[data-board-case]'));
    if (event.key === 'j') cases[Math.min(place + 1, cases.length - 1)].focus();
    if (event.key === 'k') cases[Math.max(place - 1, 0)].focus();
    if (place < 0) return;
    if (event.key === 'n') cases[place].querySelector('button[value="no_change"]')?.click();
    if (event.key === 'p') window.print();
  });
}
