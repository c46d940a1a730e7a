// Events and notes: a mark each, in as many rows as their words need.
import { escaped, outline, rounded, tag, textWidth } from './svg.js';
import { moment } from './dates.js';

const ROW = 19;
const MOST_ROWS = 5;
const LONGEST = 30;

// Which row each event stands in, at this zoom; beyond the last row the words are left to the tooltip.
export function rowsOf(place) {
  const ends = [];
  const font = `11px ${place.colours.font}`;
  const most = place.width < 520 ? 16 : LONGEST;
  const rows = place.data.events.map((event) => {
    const x = place.x(event.t);
    const text = shortened(wordsOf(event), most);
    const width = textWidth(text, font) + 20 + spanOf(event, place);
    const left = x + width > place.right ? x - width : x - 6;
    let row = ends.findIndex((end) => end <= left);
    if (row < 0) row = ends.length;
    if (row >= MOST_ROWS) return { row: MOST_ROWS - 1, text: '' };
    if (place.sees(event.t)) ends[row] = left + width + 6;
    return { row, text, before: x + width > place.right };
  });
  return { rows, height: Math.max(1, Math.min(ends.length, MOST_ROWS)) * ROW + 8 };
}

// How far the words of what lasted must stand off its mark.
function spanOf(event, place) {
  return event.until ? Math.max(0, Math.min(place.x(moment(event.until)), place.right) - place.x(event.t)) : 0;
}

function wordsOf(event) {
  if (event.note) return event.text || event.label;
  return event.grade ? `${event.label}, grade ${event.grade}` : event.label;
}

function shortened(text, most) {
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

export function drawEvents(lane, place) {
  const { colours, data } = place;
  const { rows } = rowsOf(place);
  const yOf = (row) => place.top + 4 + row * ROW + ROW / 2;
  lane.yOf = (event) => yOf(rows[data.events.indexOf(event)].row);
  return data.events.map((event, index) => {
    if (!place.sees(event.t)) return '';
    const { row, text, before } = rows[index];
    const x = place.x(event.t);
    const y = yOf(row);
    const until = x + spanOf(event, place);
    const span = until > x + 2 ? tag('path', { d: `M${rounded(x)} ${y}H${rounded(until)}`, stroke: colours.ink, 'stroke-width': 2, opacity: 0.5 }) : '';
    const mark = event.note
      ? tag('path', { d: outline('circle', x, y, 3.6), fill: colours.surface, stroke: colours.ink, 'stroke-width': 1.4 })
      : tag('path', { d: outline('triangle', x, y, 4.2), fill: colours.ink });
    const words = { x: before ? x - 9 : until + 9, y: y + 4, 'font-size': 11, fill: colours.ink, 'text-anchor': before ? 'end' : 'start' };
    return span + mark + (text ? tag('text', words, escaped(text)) : '');
  }).join('');
}
