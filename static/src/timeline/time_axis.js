// Ticks of the one time axis all lanes share: calendar dates, or months since an event.
import { monthName, monthsAfter, monthsBetween } from './dates.js';

const STEPS = [1, 2, 3, 6, 12, 24, 60, 120, 240]; // months
const ROOM = 62; // pixels that a label wants

export function timeTicks({ from, to, zero }, width) {
  const most = Math.max(2, Math.floor(width / ROOM));
  const span = (to - from) / (30.4375 * 24 * 3600 * 1000);
  const step = STEPS.find((months) => span / months <= most) ?? STEPS.at(-1);
  return zero ? sinceZero(from, to, step, zero) : calendar(from, to, step);
}

function calendar(from, to, step) {
  const first = new Date(from);
  const ticks = [];
  const whole = step >= 12 ? step / 12 : 1;
  let month = step >= 12
    ? (Math.floor(first.getUTCFullYear() / whole) * whole - first.getUTCFullYear()) * 12
    : Math.floor(first.getUTCMonth() / step) * step;
  for (;; month += step) {
    const t = Date.UTC(first.getUTCFullYear(), month, 1);
    if (t > to) return ticks;
    if (t < from) continue;
    const date = new Date(t);
    const january = date.getUTCMonth() === 0;
    const year = String(date.getUTCFullYear());
    const text = step >= 12 ? year : january ? year : monthName(date.getUTCMonth());
    ticks.push({ t, text, strong: january });
  }
}

function sinceZero(from, to, step, zero) {
  const ticks = [];
  let months = Math.ceil(monthsBetween(zero.t, from) / step) * step;
  for (;; months += step) {
    const t = monthsAfter(zero.t, months);
    if (t > to) return ticks;
    if (t < from) continue;
    ticks.push({ t, text: months < 0 ? `−${-months}` : String(months), strong: months === 0 });
  }
}
