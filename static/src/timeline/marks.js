// What is only positive or negative (immunofixation, a marrow): filled or open, with the word where it has room.
import { haloed, horizontal, outline, tag, textWidth } from './svg.js';

export const MARKS_HEIGHT = 30;

export function drawMarks(lane, place) {
  const { colours } = place;
  const y = (place.top + place.bottom) / 2;
  lane.yOf = () => y;
  const points = lane.series.flatMap((series) => series.points).filter((point) => place.sees(point.t)).sort((one, other) => one.t - other.t);
  let free = place.left;
  const drawn = points.map((point, index) => {
    const x = place.x(point.t);
    const positive = point.number === 1;
    const mark = tag('path', { d: outline('square', x, y, 4.4), fill: positive ? colours.ink : colours.surface, stroke: colours.ink, 'stroke-width': 1.6 });
    const width = textWidth(point.shown, `11px ${colours.font}`) + 10;
    const next = points[index + 1] ? place.x(points[index + 1].t) - 6 : place.right;
    const words = { fill: colours['ink-soft'] };
    if (x + width <= next) {
      free = x + width;
      return mark + haloed(x + 8, y + 4, point.shown, colours, words);
    }
    const before = x - width >= free;
    free = x + 6;
    return mark + (before ? haloed(x - 8, y + 4, point.shown, colours, { ...words, 'text-anchor': 'end' }) : '');
  }).join('');
  return horizontal(y, place.left, place.right, { stroke: colours.line }) + drawn;
}
