// What is said of a day: in the tooltip, and to a screen reader.
import { inWords } from './dates.js';

export function limitOf(point, series) {
  return point.upper ?? series.default_limit;
}

export function pointInWords(point, series, data) {
  const limit = limitOf(point, series);
  const origin = point.upper === null ? ', the guideline’s default' : '';
  const time = point.at ? ` at ${point.at}` : '';
  const beside = point.counted ? '' : ' (same day; a later value counts)';
  const compared = limit === null ? '' : `, upper limit ${limit} ${data.unit}${origin}`;
  const about = point.about ? `, about ${point.about}: the day is not known` : '';
  return [`${data.analyte} ${point.shown}${time}${about}${beside}${compared}`, series.label];
}

export function dayInWords(iso, data) {
  const lines = [inWords(iso)];
  for (const series of data.series) {
    for (const point of series.points) {
      if (point.on === iso) lines.push(...pointInWords(point, series, data));
    }
  }
  return lines;
}

export function treatmentInWords(treatment) {
  const start = treatment.about_start ?? inWords(treatment.start);
  const end = treatment.about_end ?? (treatment.end ? inWords(treatment.end) : 'ongoing');
  const why = treatment.stop_reason ? `ended: ${treatment.stop_reason.toLowerCase()}` : '';
  return [`${treatment.name}`, treatment.kind_label, `${start} – ${end}`, why].filter(Boolean);
}

// Braces would be read as formatting; a laboratory's name may hold them.
export function asTooltip(lines) {
  return lines.join('\n').replaceAll('{', '(').replaceAll('}', ')');
}
