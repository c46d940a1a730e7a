// A linear axis with round ticks, in the shape of log_axis.js.
const STEPS = [1, 2, 2.5, 5, 10];

export function linearAxis(numbers, { lowest = null, highest = null, ticks = 3 } = {}) {
  if (lowest !== null && highest !== null) return wholeScale(lowest, highest);
  const low = lowest ?? Math.min(...numbers);
  const high = highest ?? Math.max(...numbers);
  const span = high - low || Math.abs(high) || 1;
  const power = 10 ** Math.floor(Math.log10(span / ticks));
  const step = power * (STEPS.find((one) => span / (power * one) <= ticks) ?? 10);
  const bottom = lowest ?? Math.floor((low - span * 0.04) / step) * step;
  const floor = lowest === null && low >= 0 ? Math.max(0, bottom) : bottom;
  const top = highest ?? Math.ceil((high + span * 0.04) / step) * step;
  const places = [];
  for (let place = Math.ceil(floor / step) * step; place <= top + step * 1e-6; place += step) places.push(Number(place.toPrecision(12)));
  return { min: floor, max: Math.max(top, floor + step), ticks: places, place: (number) => number, label: (place) => String(Number(place.toPrecision(6))) };
}

// A score is shown from its one end to its other, whatever was measured.
function wholeScale(lowest, highest) {
  return { min: lowest, max: highest, ticks: [lowest, (lowest + highest) / 2, highest], place: (number) => number, label: String };
}
