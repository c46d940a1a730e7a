// Fetches the timeline's values and draws them: again when theme, width or zoom change, and in greys for paper.
import { createChart } from './chart.js';
import { listenToControls } from './controls.js';
import { unpacked } from './data.js';
import { listenToPointers } from './gestures.js';
import { listenToKeys } from './keys.js';
import { palette } from './palette.js';
import { createReader } from './reader.js';
import { createView } from './view.js';

const PAPER_WIDTH = 680; // CSS pixels between the margins of an A4 sheet
const element = document.getElementById('timeline');

if (element) start();

async function start() {
  try {
    const values = await load(element.dataset.source);
    const began = performance.now();
    show(unpacked(values, JSON.parse(document.getElementById('timeline-frame').textContent)));
    element.dataset.drawnIn = String(Math.round(performance.now() - began));
  } catch (error) {
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
  const view = createView(data);
  const chart = createChart(element, data, view);
  const reader = createReader(element, document.getElementById('timeline-reading'), chart, data, view);
  let onPaper = false;
  let width = 0;
  let waiting = false;

  function draw() {
    width = onPaper ? PAPER_WIDTH : element.clientWidth;
    chart.draw(width, palette(onPaper), { onPaper });
    reader.again();
  }

  function soon() {
    if (waiting) return;
    waiting = true;
    requestAnimationFrame(() => {
      waiting = false;
      draw();
    });
  }

  function print(starts) {
    if (onPaper === starts) return;
    onPaper = starts;
    draw();
  }

  draw();
  view.changed(soon);
  listenToKeys(chart, reader, view);
  listenToPointers(element, chart, reader, view);
  listenToControls(document.getElementById('timeline-controls'), chart, reader, view, data, { onScreen: () => palette(false) });
  new MutationObserver(draw).observe(document.documentElement, { attributeFilter: ['data-bs-theme'] });
  new ResizeObserver(() => { if (!onPaper && element.clientWidth !== width) draw(); }).observe(element);
  window.matchMedia('print').addEventListener('change', (event) => print(event.matches));
  window.addEventListener('beforeprint', () => print(true));
  window.addEventListener('afterprint', () => print(false));
}
