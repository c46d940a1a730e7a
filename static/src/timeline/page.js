// Fetches the timeline's data and draws it: again when the theme or the width changes, and in greys for paper.
import { listenToKeys } from './keys.js';
import { init } from './library.js';
import { heightOf, optionOf } from './option.js';
import { palette } from './palette.js';
import { paintSwatches } from './swatches.js';

const PAPER_WIDTH = 680; // CSS pixels between the margins of an A4 sheet
const element = document.getElementById('timeline');
const reading = document.getElementById('timeline-reading');

if (element) start();

async function start() {
  try {
    show(await load(element.dataset.source));
  } catch (error) {
    element.classList.remove('timeline');
    element.textContent = 'The chart could not be loaded; the table below has every value.';
    console.warn(error.message);
  } finally {
    element.setAttribute('aria-busy', 'false');
  }
}

async function load(source) {
  const answer = await fetch(source, { headers: { Accept: 'application/json' } });
  if (!answer.ok || answer.redirected) throw new Error(`the timeline's data answered ${answer.status}`);
  return answer.json();
}

function show(data) {
  const height = heightOf(data);
  element.style.height = `${height}px`;
  const chart = init(element, null, { renderer: 'svg', height });
  let onPaper = false;

  function draw() {
    const width = onPaper ? PAPER_WIDTH : element.clientWidth;
    const colours = palette(onPaper);
    chart.resize({ width, height });
    chart.setOption(optionOf(data, colours, width), { notMerge: true });
    paintSwatches(colours);
  }

  function print(starts) {
    if (onPaper === starts) return;
    onPaper = starts;
    chart.dispatchAction({ type: 'hideTip' });
    draw();
  }

  draw();
  listenToKeys(element, reading, () => chart, data);
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['data-bs-theme'] });
  new ResizeObserver(() => {
    if (!onPaper && element.clientWidth !== chart.getWidth()) draw();
  }).observe(element);
  window.matchMedia('print').addEventListener('change', (event) => print(event.matches));
  window.addEventListener('beforeprint', () => print(true));
  window.addEventListener('afterprint', () => print(false));
}
