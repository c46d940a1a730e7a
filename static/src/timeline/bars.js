// Treatments as bars: a row for each name, the line's number in front of the name, a broken edge where the line
// was inferred.
import { escaped, haloed, rounded, tag, textWidth } from './svg.js';
import { treatmentStyle } from './palette.js';

export const ROW_HEIGHT = 26;
const BAR_HEIGHT = 17;
const LEAST_WIDTH = 4;
const GAP = 6;
const ARROW = 7;
const TOP = 18;

export function barsHeight(data) {
  return (Math.max(-1, ...data.treatments.map((one) => one.row)) + 1) * ROW_HEIGHT + TOP + 4;
}

export function drawBars(place) {
  const { data } = place;
  const rows = Map.groupBy ? Map.groupBy(data.treatments, (one) => one.row) : grouped(data.treatments);
  const bars = data.treatments.map((one) => bar(one, place)).join('');
  const names = [...rows.values()].map((several) => name(several, place)).join('');
  return lineNumbers(place) + bars + names;
}

function grouped(treatments) {
  const rows = new Map();
  for (const one of treatments) rows.set(one.row, [...(rows.get(one.row) ?? []), one]);
  return rows;
}

// Where a line of treatment starts, its number stands above; the rule itself runs through all lanes.
function lineNumbers({ data, x, left, right, colours }) {
  let free = -Infinity;
  return data.lines.map((line) => {
    const at = x(line.t);
    const text = `Line ${line.number}${line.inferred ? ' ?' : ''}`;
    if (at < left - 1 || at > right || at < free) return '';
    const width = textWidth(text, `600 11px ${colours.font}`);
    const start = Math.min(at + 3, right - width);
    free = start + width + 4;
    return haloed(start, 11, text, colours, { 'font-weight': 600 });
  }).join('');
}

function spanOf(one, place) {
  const left = Math.max(place.x(one.from), place.left);
  return { left, right: Math.min(Math.max(place.x(one.to), left + LEAST_WIDTH), place.right) };
}

function visible(one, place) {
  return place.x(one.to) >= place.left - LEAST_WIDTH && place.x(one.from) <= place.right;
}

function middleOf(one) {
  return TOP + one.row * ROW_HEIGHT + ROW_HEIGHT / 2;
}

function bar(one, place) {
  if (!visible(one, place)) return '';
  const { left, right } = spanOf(one, place);
  const style = treatmentStyle(one.kind, place.colours);
  const middle = middleOf(one);
  const ongoing = one.end === null && place.x(one.to) <= place.right;
  return tag('path', {
    d: shape(left, right, middle - BAR_HEIGHT / 2, middle + BAR_HEIGHT / 2, ongoing),
    fill: style.fill, stroke: style.edge, 'stroke-width': 1.25, 'stroke-dasharray': one.inferred ? '4 2' : undefined,
  });
}

// A bar with a point at its right end is still going on.
function shape(left, right, top, bottom, ongoing) {
  const [l, r, t, b] = [left, right, top, bottom].map(rounded);
  if (!ongoing) return `M${l} ${t}H${r}V${b}H${l}z`;
  const neck = rounded(Math.max(left, right - ARROW));
  return `M${l} ${t}H${neck}L${r} ${rounded((top + bottom) / 2)}L${neck} ${b}H${l}z`;
}

// The name stands in its bar, behind it or before it, wherever it has room whole.
function name(several, place) {
  const shown = several.filter((one) => visible(one, place));
  if (!shown.length) return '';
  const { colours } = place;
  const last = shown.at(-1);
  const spans = shown.map((one) => spanOf(one, place));
  const { left, right } = spans.at(-1);
  const rowLeft = Math.min(...spans.map((span) => span.left));
  const text = last.name || last.kind_label;
  const font = `12px ${colours.font}`;
  const width = textWidth(text, font) + 2;
  const inside = right - left - 2 * GAP - (last.end === null ? ARROW : 0);
  const after = place.right - right - GAP;
  const before = rowLeft - place.left - GAP;
  const y = middleOf(last) + 4;
  const values = { 'font-size': 12 };
  if (width <= inside) return tag('text', { x: left + GAP, y, fill: colours.ink, ...values }, escaped(text));
  if (width <= after) return haloed(right + GAP, y, text, colours, values);
  if (width <= before) return haloed(rowLeft - GAP, y, text, colours, { ...values, 'text-anchor': 'end' });
  const most = Math.max(inside, after, before);
  const short = shortened(text, most, font);
  if (most === inside) return tag('text', { x: left + GAP, y, fill: colours.ink, ...values }, escaped(short));
  return most === after
    ? haloed(right + GAP, y, short, colours, values)
    : haloed(rowLeft - GAP, y, short, colours, { ...values, 'text-anchor': 'end' });
}

function shortened(text, most, font) {
  let short = text;
  while (short.length > 1 && textWidth(`${short}…`, font) > most) short = short.slice(0, -1);
  return short === text ? text : `${short}…`;
}
