// Clinical dates are days without a zone; on the axis each is its midnight in UTC.
const MONTHS = [
  'January', 'February', 'March', 'April', 'May', 'June',
  'July', 'August', 'September', 'October', 'November', 'December',
];

export const DAY = 24 * 60 * 60 * 1000;

export function moment(iso) {
  return Date.parse(`${iso}T00:00:00Z`);
}

export function inWords(iso) {
  const [year, month, day] = iso.split('-').map(Number);
  return `${day} ${MONTHS[month - 1]} ${year}`;
}
