// Going through a list without the mouse: j and k go from row to row, Enter opens the link that has the focus.
// Without this script Tab does the same.
document.addEventListener('keydown', (event) => {
  const step = { j: 1, k: -1 }[event.key];
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target.closest?.('input, select, textarea, [contenteditable]')) return;
  const links = [...document.querySelectorAll('[data-worklist] tbody th a')];
  if (!links.length) return;
  const row = document.activeElement?.closest?.('tr');
  const here = links.findIndex((link) => link.closest('tr') === row);
  const next = here < 0 ? (step > 0 ? 0 : links.length - 1) : here + step;
  links[Math.min(Math.max(next, 0), links.length - 1)].focus();
  event.preventDefault();
});
