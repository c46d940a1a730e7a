// Values: a line per specimen, laboratory and method; bounds as open symbols; the other value of a day beside
// the line; each laboratory's limit as a band below its own values; a new series as a visible break.
import { limitOf } from './data.js';
import { DAY } from './dates.js';
import { linearAxis } from './linear_axis.js';
import { logAxis } from './log_axis.js';
import { seriesStyle } from './palette.js';
import { haloed, horizontal, label, outline, rounded, tag, textWidth, vertical } from './svg.js';

const BEYOND_LAST = 60 * DAY;
const MANY = 60;
export const UNABLE_ROW = 16;
const NAMES_ROW = 14; // at the top, where a new series is named

export function axisOf(lane, height) {
  const numbers = lane.series.flatMap((series) => series.points.flatMap((point) => numbersOf(point, series)));
  const known = numbers.length ? numbers : [0, 1];
  if (lane.scale === 'log') return logAxis(known);
  return linearAxis(known, { lowest: lane.lowest, highest: lane.highest, ticks: height > 100 ? 4 : 2 });
}

function numbersOf(point, series) {
  return [point.number, limitOf(point, series), point.lower].filter((number) => number !== null && number !== undefined);
}

export function drawValues(lane, place) {
  const unable = lane.series.some((series) => series.points.some((point) => point.number === null));
  const above = unable && lane.better === 'lower' ? UNABLE_ROW : 0;
  const below = unable && lane.better !== 'lower' ? UNABLE_ROW : 0;
  const area = { ...place, top: place.top + above, bottom: place.bottom - below };
  const axis = lane.axis;
  area.y = (number) => area.bottom - ((axis.place(number) - axis.min) / (axis.max - axis.min)) * (area.bottom - area.top);
  area.yOf = (point) => (point.number === null ? unableY(lane, area) : area.y(point.number));
  lane.yOf = area.yOf;
  const begun = breaks(lane, area);
  const names = begun.includes('<text') ? NAMES_ROW : 0;
  return [
    ticks(axis, lane, area, unable),
    floor(axis, area),
    unable ? unableRow(lane, area) : '',
    lane.series.map((series) => limits(series, area)).join(''),
    begun,
    lane.series.map((series) => line(series, area)).join(''),
    lane.series.map((series) => symbols(series, area, names)).join(''),
  ].join('');
}

function unableY(lane, area) {
  return lane.better === 'lower' ? area.top - UNABLE_ROW / 2 : area.bottom + UNABLE_ROW / 2;
}

function unableRow(lane, area) {
  const { colours } = area;
  const y = unableY(lane, area);
  return horizontal(y + (lane.better === 'lower' ? 8 : -8), area.left, area.right, { stroke: colours['line-strong'], 'stroke-dasharray': '1 3' })
    + label(area.left - 6, y + 4, 'unable', { fill: colours['ink-soft'], 'text-anchor': 'end' });
}

function ticks(axis, lane, area, unable) {
  const { colours } = area;
  let free = Infinity;
  return axis.ticks.map((tick) => {
    const y = area.bottom - ((tick - axis.min) / (axis.max - axis.min)) * (area.bottom - area.top);
    const rule = horizontal(y, area.left, area.right, { stroke: colours.line });
    if (y > free - 12 || (unable && Math.abs(y - unableY(lane, area)) < 13)) return rule;
    free = y;
    return rule + label(area.left - 6, y + 4, axis.label(tick), { fill: colours['ink-soft'], 'text-anchor': 'end' });
  }).join('');
}

// Zero has no place on a logarithmic axis; it stands on a floor of its own, shaded so that the break is seen.
function floor(axis, area) {
  if (axis.floor === null || axis.floor === undefined) return '';
  const { colours } = area;
  const top = area.bottom - ((axis.floorTop - axis.min) / (axis.max - axis.min)) * (area.bottom - area.top);
  return tag('rect', { x: area.left, y: top, width: area.right - area.left, height: area.bottom - top, fill: colours.sunken })
    + label(area.right - 6, area.bottom - 5, 'zero, below the logarithmic scale', { fill: colours['ink-soft'], 'text-anchor': 'end' });
}

// What the laboratory called normal, value by value, over the time of these values only.
function limits(series, area) {
  const known = series.points.filter((point) => point.counted && (limitOf(point, series) !== null || point.lower !== null));
  if (!known.length) return '';
  const { tone } = seriesStyle(series.place, area.colours);
  const end = area.x(Math.max(known.at(-1).t, Math.min(known.at(-1).t + BEYOND_LAST, area.data.now)));
  const upper = steps(known, (point) => limitOf(point, series), area, area.top);
  const lower = steps(known, (point) => point.lower, area, area.bottom);
  const back = [...lower].reverse().map(([x, y], place, all) => `${place ? `H${all[place - 1][0]}` : ''}V${y}`);
  const d = `M${upper.map(([x, y], place) => (place ? `H${x}V${y}` : `${x} ${y}`)).join('')}H${rounded(end)}${back.join('')}H${lower[0][0]}z`;
  const rule = (found, has) => (has ? tag('path', { d: `M${found.map(([x, y], place) => (place ? `H${x}V${y}` : `${x} ${y}`)).join('')}H${rounded(end)}`, fill: 'none', stroke: tone, 'stroke-width': 1.1, 'stroke-dasharray': '4 4', opacity: 0.85 }) : '');
  return tag('path', { d, fill: tone, opacity: 0.09 })
    + rule(upper, limitOf(known[0], series) !== null)
    + rule(lower, known[0].lower !== null)
    + limitLabels(known, series, area, end);
}

function steps(known, limit, area, missing) {
  return known.map((point) => [rounded(area.x(point.t)), rounded(limit(point) === null ? missing : area.y(limit(point)))]);
}

// Written where the limit begins or, if the line runs there and it never changes, where it ends.
function limitLabels(known, series, area, end) {
  let before = null;
  let free = -Infinity;
  return known.map((point) => {
    const words = limitInWords(point, series);
    const at = area.x(point.t);
    if (words === before || at > area.right || Math.max(at, area.left) < free) return '';
    const y = area.y(limitOf(point, series) ?? point.lower) - 3;
    const far = (other) => Math.abs(area.yOf(other) - y);
    const late = before === null && far(known.at(-1)) > far(point) && known.every((other) => limitInWords(other, series) === words);
    before = words;
    const x = late ? Math.min(end, area.right) - 3 : Math.max(at, area.left) + 3;
    free = x + 70;
    return haloed(x, Math.max(y, area.top + 8), words, area.colours, { fill: area.colours['ink-soft'], 'font-size': 10, 'text-anchor': late ? 'end' : 'start' });
  }).join('');
}

function limitInWords(point, series) {
  const upper = limitOf(point, series);
  if (upper === null) return `from ${point.lower}`;
  if (point.lower !== null) return `${point.lower}–${upper}`;
  return point.upper === null ? `limit ${upper} (default)` : `limit ${upper}`;
}

// Where another laboratory, specimen or method begins nothing is joined, and the reason is written there.
function breaks(lane, area) {
  const starts = lane.series.map((series) => ({ series, t: series.points[0].t })).sort((one, other) => one.t - other.t).slice(1);
  const font = `11px ${area.colours.font}`;
  let free = -Infinity;
  return starts.map(({ series, t }) => {
    const x = area.x(t);
    if (x < area.left || x > area.right) return '';
    const rule = vertical(x - 5, area.top, area.bottom, { stroke: area.colours['ink-soft'], 'stroke-dasharray': '1 3', 'stroke-width': 1.5 });
    const width = textWidth(series.label, font);
    const after = x + width + 6 < area.right;
    const words = after ? series.label : `${series.label} →`;
    const start = after ? x : x - 12 - textWidth(words, font);
    if (start < free || start < area.left) return rule;
    free = start + width + 8;
    return rule + haloed(start, area.top + 10, words, area.colours, { fill: area.colours['ink-soft'] });
  }).join('');
}

function line(series, area) {
  const { tone, dash } = seriesStyle(series.place, area.colours);
  const counted = series.points.filter((point) => point.counted);
  const d = counted.map((point, place) => `${place ? 'L' : 'M'}${rounded(area.x(point.t))} ${rounded(area.yOf(point))}`).join('');
  return tag('path', { d, fill: 'none', stroke: tone, 'stroke-width': counted.length > MANY ? 1.3 : 1.8, 'stroke-dasharray': dash, 'stroke-linejoin': 'round' });
}

function symbols(series, area, names) {
  const { tone, shape } = seriesStyle(series.place, area.colours);
  const shown = series.points.filter((point) => area.sees(point.t));
  const r = shown.length > 400 ? 2 : shown.length > MANY ? 2.8 : 4.2;
  const kinds = { filled: '', open: '', beside: '', unable: '' };
  for (const point of shown) {
    const kind = point.number === null ? 'unable' : point.sign ? 'open' : point.counted ? 'filled' : 'beside';
    kinds[kind] += outline(kind === 'unable' ? 'cross' : shape, area.x(point.t), area.yOf(point), r);
  }
  const { surface, ink } = area.colours;
  return [
    tag('path', { d: kinds.filled, fill: tone, stroke: surface, 'stroke-width': 0.8 }),
    tag('path', { d: kinds.beside, fill: tone, 'fill-opacity': 0.45, stroke: tone, 'stroke-width': 1 }),
    tag('path', { d: kinds.open, fill: surface, stroke: tone, 'stroke-width': 1.8 }),
    tag('path', { d: kinds.unable, fill: 'none', stroke: ink, 'stroke-width': 2 }),
    shown.length > MANY ? '' : numbers(shown, series, area, names),
  ].join('');
}

// Bounds and zero carry their number, and the last value of the line does; never over one another.
function numbers(shown, series, area, names) {
  const counted = series.points.filter((point) => point.counted);
  const last = counted.at(-1);
  const font = `11px ${area.colours.font}`;
  let free = -Infinity;
  return shown.map((point) => {
    const wanted = point.number !== null && (point.sign || point.number <= 0 || point === last);
    if (!wanted || area.bottom - area.top < 40) return '';
    const words = point.shown.split(' ')[0];
    const width = textWidth(words, font);
    const x = Math.min(Math.max(area.x(point.t), area.left + width / 2 + 2), area.right - width / 2);
    if (x - width / 2 < free) return '';
    free = x + width / 2 + 3;
    const y = area.yOf(point);
    const under = point.sign.startsWith('<') || y - 12 < area.top + names;
    const bold = point === last ? { 'font-weight': 600 } : {};
    return haloed(x, under && y + 17 < area.bottom ? y + 16 : y - 8, words, area.colours, { 'text-anchor': 'middle', ...bold });
  }).join('');
}
