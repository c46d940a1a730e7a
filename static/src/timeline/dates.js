// Clinical dates are days without a zone; on the axis each is its midnight in UTC.
const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
];

export const DAY = 24 * 60 * 60 * 1000;
export const MONTH = 30.4375 * DAY;

export function moment(iso) {
  return Date.parse(`${iso}T00:00:00Z`);
}

export function inWords(iso) {
  const [year, month, day] = iso.split('-').map(Number);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}

export function shortly(iso) {
  const [year, month, day] = iso.split('-').map(Number);
  return `${day} ${MONTHS[month - 1].slice(0, 3)} ${year}`;
}

export function monthName(month) {
  return MONTHS[month].slice(0, 3);
}

export function monthInWords(time) {
  const date = new Date(time);
  return `${MONTHS[date.getUTCMonth()]} ${date.getUTCFullYear()}`;
}

// The same day some calendar months later; the last day of a shorter month.
export function monthsAfter(time, months) {
  const date = new Date(time);
  const first = Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1);
  const length = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months + 1, 0)).getUTCDate();
  return first + (Math.min(date.getUTCDate(), length) - 1) * DAY;
}

// Whole calendar months from one day to another, negative before it.
export function monthsBetween(zero, time) {
  let months = Math.round((time - zero) / MONTH) + 1;
  while (monthsAfter(zero, months) > time) months -= 1;
  return months;
}

export function monthsSince(zero, time) {
  const months = monthsBetween(zero.t, time);
  if (time < zero.t) return `${-months} month${months === -1 ? '' : 's'} before ${zero.label}`;
  return `month ${months} since ${zero.label}`;
}
