// Line and shape of each series beside its words, as the chart draws them.
import { seriesStyle } from './palette.js';

const SHAPES = {
  circle: '<circle cx="14" cy="6" r="4.5"/>',
  rect: '<rect x="10" y="2" width="8" height="8"/>',
  triangle: '<path d="M14 1l5 9h-10z"/>',
  diamond: '<path d="M14 0.5l5 5.5-5 5.5-5-5.5z"/>',
};

export function paintSwatches(colours) {
  for (const swatch of document.querySelectorAll('svg[data-series]')) {
    const { tone, shape, dash } = seriesStyle(Number(swatch.dataset.series), colours);
    const strokes = Array.isArray(dash) ? ` stroke-dasharray="${dash.join(' ')}"` : '';
    swatch.innerHTML = `<g fill="${tone}" stroke="${tone}"><path d="M0 6h28" stroke-width="2"${strokes}/>${SHAPES[shape]}</g>`;
  }
}
