// What the server sends, unpacked: monitoring/course/presenters/chart.py has the other end.
import { moment } from './dates.js';

const POINT = ['on', 'at', 'number', 'shown', 'sign', 'upper', 'lower', 'counted', 'about'];

export function unpacked(values, frame) {
  for (const lane of values.lanes) {
    const references = frame.references[lane.key] ?? [];
    lane.series.forEach((series, place) => {
      series.place = place;
      series.reference = references[place] ?? [null, null];
      series.points = series.points.map(asPoint);
    });
  }
  for (const scan of values.scans) scan.t = moment(scan.on);
  for (const event of frame.events) event.t = moment(event.on);
  for (const one of frame.treatments) {
    one.from = moment(one.start);
    one.to = moment(one.end ?? frame.as_of);
  }
  for (const band of frame.bands) {
    band.from = moment(band.start);
    band.to = moment(band.until);
  }
  for (const line of frame.lines) line.t = moment(line.start);
  return { ...values, ...frame, now: moment(frame.as_of) };
}

function asPoint(values) {
  const point = {};
  POINT.forEach((name, place) => { point[name] = values[place]; });
  point.t = moment(point.on);
  return point;
}

export function limitOf(point, series) {
  return point.upper ?? series.limit;
}

// Every group of the chart in its order, with the lanes that have something to draw.
export function groupsOf(data) {
  const groups = [];
  if (data.treatments.length) {
    groups.push({ key: 'treatments', label: 'Treatments', lanes: [{ kind: 'bars', key: 'treatments', title: '' }] });
  }
  for (const [key, heading] of Object.entries(data.groups)) {
    const lanes = key === 'pet' ? scanLanes(data) : data.lanes.filter((lane) => lane.group === key).map(withKind);
    if (lanes.length) groups.push({ key, label: heading, lanes, bands: data.bands.filter((band) => band.group === key) });
  }
  if (data.events.length) {
    groups.push({ key: 'events', label: 'Events and notes', lanes: [{ kind: 'events', key: 'events', title: '' }] });
  }
  return groups;
}

function withKind(lane) {
  return { ...lane, kind: lane.scale === 'marks' ? 'marks' : 'values' };
}

function scanLanes(data) {
  if (!data.scans.length) return [];
  return [{ kind: 'scans', key: 'pet', title: 'Summed SUVmax and avid lesions', way: 'percent', reference: (data.references.pet ?? [[null, null]])[0] }];
}
