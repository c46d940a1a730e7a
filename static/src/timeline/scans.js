// FDG-PET: the summed SUVmax as a line, below it how many lesions were avid, and a flag on what was new.
import { linearAxis } from './linear_axis.js';
import { haloed, horizontal, label, outline, rounded, tag, vertical } from './svg.js';

export const SCANS_HEIGHT = 138;
const LESIONS_ROW = 24;
const FLAG = 16;

export function scanAxis(data) {
  const sums = data.scans.filter((scan) => scan.fdg && scan.sum !== null).map((scan) => scan.sum);
  return linearAxis(sums.length ? [0, ...sums] : [0, 1], { lowest: 0, ticks: 3 });
}

export function drawScans(lane, place) {
  const { colours, data } = place;
  const axis = lane.axis;
  const top = place.top + FLAG;
  const bottom = place.bottom - LESIONS_ROW;
  const y = (number) => bottom - ((number - axis.min) / (axis.max - axis.min)) * (bottom - top);
  lane.yOf = (scan) => (scan.sum === null || !scan.fdg ? bottom : y(scan.sum));
  const read = data.scans.filter((scan) => scan.fdg && scan.sum !== null);
  const d = read.map((scan, place_) => `${place_ ? 'L' : 'M'}${rounded(place.x(scan.t))} ${rounded(y(scan.sum))}`).join('');
  const ticks = axis.ticks.map((tick) => horizontal(y(tick), place.left, place.right, { stroke: colours.line })
    + label(place.left - 6, y(tick) + 4, axis.label(tick), { fill: colours['ink-soft'], 'text-anchor': 'end' })).join('');
  return ticks
    + tag('path', { d, fill: 'none', stroke: colours.unsure, 'stroke-width': 1.8 })
    + data.scans.filter((scan) => place.sees(scan.t)).map((scan) => symbol(scan, lane, place)).join('')
    + lesions(place);
}

function symbol(scan, lane, place) {
  const { colours } = place;
  const x = place.x(scan.t);
  const y = lane.yOf(scan);
  const filled = scan.fdg && scan.sum !== null;
  const mark = tag('path', { d: outline('diamond', x, y, 4.6), fill: filled ? colours.unsure : colours.surface, stroke: colours.unsure, 'stroke-width': 1.6 });
  if (!scan.new) return mark;
  const flag = place.top + 4;
  const end = x + 60 > place.right;
  return vertical(x, flag, y - 5, { stroke: colours.bad, 'stroke-width': 1.6 })
    + tag('path', { d: `M${rounded(x)} ${flag}l${end ? -8 : 8} 4l${end ? 8 : -8} 4z`, fill: colours.bad })
    + haloed(end ? x - 11 : x + 11, flag + 8, 'new lesion', colours, { fill: colours.bad, 'font-weight': 600, 'text-anchor': end ? 'end' : 'start' })
    + mark;
}

function lesions(place) {
  const { colours, data } = place;
  const y = place.bottom - 6;
  let free = -Infinity;
  const numbers = data.scans.map((scan) => {
    const x = place.x(scan.t);
    if (!place.sees(scan.t) || x < free) return '';
    free = x + 14;
    return label(x, y, scan.lesions === null ? '?' : scan.lesions, { fill: colours.ink, 'text-anchor': 'middle', 'font-weight': 600 });
  }).join('');
  return label(place.left - 6, y, 'lesions', { fill: colours['ink-soft'], 'text-anchor': 'end' }) + numbers;
}
