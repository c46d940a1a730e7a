// A logarithmic axis that keeps zero: numbers are turned into their logarithms here, the axis itself is linear,
// its ticks carry the real numbers, and zero gets a floor of its own below them, marked as such.
const PADDING = 0.08;
const FLOOR_DISTANCE = 0.3;
const NARROW_NBSP = '\u202f';

export function logAxis(numbers) {
  const positive = numbers.filter((number) => number > 0);
  const low = Math.log10(Math.min(...positive, positive.length ? Infinity : 1));
  const high = Math.log10(Math.max(...positive, positive.length ? -Infinity : 10));
  const room = Math.max(high - low, 0.6);
  const hasZero = numbers.some((number) => number <= 0);
  const bottom = low - room * PADDING;
  const top = Math.max(high, low + 0.6) + room * PADDING * 1.5;
  const floor = bottom - FLOOR_DISTANCE * Math.max(1, room / 3);
  const ticks = ticksBetween(bottom, top);
  return {
    floor: hasZero ? floor : null,
    floorTop: bottom,
    min: hasZero ? floor - FLOOR_DISTANCE / 2 : bottom,
    max: top,
    ticks: hasZero ? [floor, ...ticks] : ticks,
    place: (number) => (number > 0 ? Math.log10(number) : floor),
    label: (place) => (hasZero && Math.abs(place - floor) < 1e-9 ? '0' : grouped(10 ** place)),
  };
}

function ticksBetween(bottom, top) {
  const span = top - bottom;
  const steps = span < 1.1 ? [1, 1.5, 2, 3, 4, 5, 7] : span < 2.8 ? [1, 2, 5] : [1];
  const ticks = [];
  for (let power = Math.floor(bottom); power <= Math.ceil(top); power += 1) {
    for (const step of steps) {
      const place = power + Math.log10(step);
      if (place >= bottom && place <= top) ticks.push(place);
    }
  }
  return ticks;
}

// As the tables print numbers: 1450, and from five digits on 13 867.
export function grouped(number) {
  const digits = String(Number(number.toPrecision(6)));
  return digits.length > 4 && !digits.includes('.')
    ? digits.replace(/\B(?=(\d{3})+$)/g, NARROW_NBSP)
    : digits;
}
