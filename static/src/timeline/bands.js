// Behind imaging and nerve: when it is too early to judge (hatched and said), and when the rest may still come.
// The days come from the guideline's clocks; nothing is worked out here.
import { shortly } from './dates.js';
import { haloed, rounded, tag, textWidth } from './svg.js';

const PITCH = 7;

export function bandsOf(bands, place, top, bottom, { labelled }) {
  return bands.map((band) => oneBand(band, place, top, bottom, labelled)).join('');
}

function oneBand(band, place, top, bottom, labelled) {
  const { colours } = place;
  const left = Math.max(place.x(band.from), place.left);
  const right = Math.min(place.x(band.to), place.right);
  if (right - left < 1) return '';
  const fill = tag('rect', { x: left, y: top, width: right - left, height: bottom - top, fill: colours.sunken, opacity: band.hatched ? 1 : 0.55 });
  const edge = place.x(band.to) <= place.right
    ? tag('path', { d: `M${rounded(right)} ${top}V${bottom}`, stroke: colours['line-strong'], 'stroke-width': 1, 'stroke-dasharray': '2 3' })
    : '';
  return fill + (band.hatched ? hatching(left, right, top, bottom, colours) : '') + edge + (labelled ? said(band, left, right, top, place) : '');
}

// Plain lines instead of a pattern: they survive every printer and every download.
function hatching(left, right, top, bottom, colours) {
  const height = bottom - top;
  let d = '';
  for (let x = left - height + (PITCH - ((left - height) % PITCH)); x < right; x += PITCH) {
    const from = Math.max(x, left);
    const to = Math.min(x + height, right);
    if (to > from) d += `M${rounded(from)} ${rounded(bottom - (from - x))}L${rounded(to)} ${rounded(bottom - (to - x))}`;
  }
  return tag('path', { d, stroke: colours['line-strong'], 'stroke-width': 0.8, opacity: 0.38, fill: 'none' });
}

function said(band, left, right, top, { colours }) {
  const whole = `${band.text}, until ${shortly(band.ends)}`;
  const font = `11px ${colours.font}`;
  const text = [whole, band.text, band.hatched ? 'too early' : ''].find((words) => textWidth(words, font) + 10 <= right - left);
  return text ? haloed(left + 5, top + 12, text, colours, { fill: colours['ink-soft'], 'font-style': 'italic' }) : '';
}
