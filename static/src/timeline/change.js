// The change of a value from its baseline and from its best, in the words of monitoring/results/trend.py: the
// hover of a thousand points is worked out here, a browser test holds both to the same sentence.
import { inWords } from './dates.js';

const NAMES = ['baseline', 'best'];
const SIDE = { '': 0, '<': -1, '<=': -1, '>': 1, '>=': 1 };

export function changes(point, references, way) {
  return references.flatMap((reference, place) => {
    if (!reference || reference[0] >= point.on) return [];
    const [on, number, shown, sign] = reference;
    const since = `from ${shown} on ${inWords(on)} (${NAMES[place]})`;
    const then = { number, sign: sign ?? '' };
    return [`${changed({ number: point.number, sign: point.sign ?? '' }, then, way)}, ${since}`];
  });
}

function changed(now, then, way) {
  if (now.number === null || then.number === null) {
    if (now.number === null && then.number === null) return 'still unable';
    return now.number === null ? 'now unable' : 'able again';
  }
  const direction = directionOf(now, then);
  if (direction === 'same') return 'no change';
  if (direction === 'unsure') return 'not comparable: a bound';
  const size = way === 'points' ? trimmed(Math.abs(now.number - then.number)) : percent(now.number, then.number);
  return size ? `${direction} ${bound(now, then)}${size}` : direction;
}

function directionOf(now, then) {
  const [low, high] = edges(now);
  const [least, most] = edges(then);
  if (above(low, most)) return 'up';
  if (above(least, high)) return 'down';
  return now.number === then.number && !now.sign && !then.sign ? 'same' : 'unsure';
}

// Lowest and highest value that the result allows: a number, and whether it leans to one side of it.
function edges({ number, sign }) {
  if (!sign) return [[number, 0], [number, 0]];
  const lean = sign.length === 1 ? 1 : 0;
  return sign.startsWith('<') ? [[0, 0], [number, -lean]] : [[number, lean], [Infinity, 0]];
}

function above([one, lean], [other, otherLean]) {
  return one > other || (one === other && lean > otherLean);
}

function bound(now, then) {
  const sides = new Set([SIDE[now.sign], -SIDE[then.sign]].filter((side) => side !== 0));
  if (sides.size !== 1) return sides.size ? 'uncertain ' : '';
  const [side] = sides;
  const fell = now.number < then.number || (now.number === then.number && side < 0);
  return (side < 0) === fell ? 'at least ' : 'at most ';
}

function percent(now, then) {
  if (then === 0) return '';
  return `${trimmed(Math.round(Math.abs((now - then) / then) * 1000 + 1e-9) / 10)} %`;
}

function trimmed(number) {
  return String(Number(number.toFixed(6)));
}
