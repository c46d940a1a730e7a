// What is said of a day: in the tooltip, and to a screen reader.
import { changes } from './change.js';
import { limitOf } from './data.js';
import { inWords, monthsSince } from './dates.js';

export function dayInWords(iso, time, zero) {
  return zero ? `${inWords(iso)}, ${monthsSince(zero, time)}` : inWords(iso);
}

export function pointInWords(point, series, lane) {
  const limit = limitOf(point, series);
  const origin = point.upper === null && limit !== null ? ', the guideline’s default' : '';
  const time = point.at ? ` at ${point.at}` : '';
  const beside = point.counted ? '' : ' (same day; a later value counts)';
  const compared = limit === null || lane.kind === 'marks' ? '' : `, upper limit ${limit} ${lane.unit}${origin}`;
  const about = point.about ? `, about ${point.about}: the day is not known` : '';
  return [
    `${lane.title} ${point.shown}${time}${about}${beside}${compared}`,
    ...(series.label ? [series.label] : []),
    ...(point.counted ? changes(point, series.reference, lane.way) : []),
  ];
}

export function scanInWords(scan, lane) {
  const total = scan.sum === null ? 'sum not known' : `summed SUVmax ${scan.sum}`;
  const lesions = scan.lesions === null ? 'lesions not counted' : scan.lesions === 0 ? 'no avid lesion' : `${scan.lesions} avid lesion${scan.lesions === 1 ? '' : 's'}`;
  const fresh = scan.new === null ? 'whether one is new is not known' : scan.new ? 'a new lesion' : 'no new lesion';
  const about = scan.about ? `, about ${scan.about}: the day is not known` : '';
  const point = { on: scan.on, number: scan.sum, sign: '' };
  return [
    `${scan.fdg ? 'FDG-PET' : 'PET with another tracer'}: ${total}, ${lesions}, ${fresh}${about}`,
    ...(scan.where ? [scan.where] : []),
    ...(scan.fdg && scan.sum !== null ? changes(point, lane.reference, lane.way) : []),
  ];
}

export function treatmentInWords(treatment) {
  const start = treatment.about_start ?? inWords(treatment.start);
  const end = treatment.about_end ?? (treatment.end ? inWords(treatment.end) : 'ongoing');
  const why = treatment.stop_reason ? `ended: ${treatment.stop_reason.toLowerCase()}` : '';
  const guessed = treatment.inferred ? ` (inferred: ${treatment.because})` : '';
  const line = treatment.line ? `line ${treatment.line}${guessed}` : '';
  return [`${treatment.name}`, treatment.kind_label, line, `${start} – ${end}`, why].filter(Boolean);
}

export function eventInWords(event) {
  const grade = event.grade ? `, grade ${event.grade}` : '';
  const about = event.about ? `, about ${event.about}: the day is not known` : '';
  const until = event.until ? `, until ${inWords(event.until)}` : '';
  return [`${event.label}${grade}${about}${until}`, event.text].filter(Boolean);
}
