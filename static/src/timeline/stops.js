// The days a lane can be asked about, in order: what the crosshair snaps to and the keys step through.
import { eventInWords, pointInWords, scanInWords, treatmentInWords } from './words.js';

export function stopsOf(lane, data) {
  const found = { bars: bars, events: events, scans: scans, values: points, marks: points }[lane.kind](lane, data);
  return found.sort((one, other) => one.t - other.t);
}

function bars(lane, data) {
  return data.treatments.map((one) => ({
    t: one.from, on: one.start, row: one.row, lines: () => ['Start of treatment', ...treatmentInWords(one)], y: () => null,
    covers: (time) => time >= one.from && time <= one.to,
  }));
}

function events(lane, data) {
  return data.events.map((event) => ({ t: event.t, on: event.on, lines: () => eventInWords(event), y: () => lane.yOf(event) }));
}

function scans(lane, data) {
  return data.scans.map((scan) => ({ t: scan.t, on: scan.on, lines: () => scanInWords(scan, lane), y: () => lane.yOf(scan) }));
}

// Values of one day are one stop: all of them are said.
function points(lane) {
  const days = new Map();
  for (const series of lane.series) {
    for (const point of series.points) {
      const stop = days.get(point.on);
      if (stop) stop.values.push([point, series]);
      else days.set(point.on, { t: point.t, on: point.on, values: [[point, series]] });
    }
  }
  return [...days.values()].map((stop) => ({
    ...stop,
    lines: () => stop.values.flatMap(([point, series]) => pointInWords(point, series, lane)),
    y: () => lane.yOf((stop.values.findLast(([point]) => point.counted) ?? stop.values[0])[0]),
  }));
}

// The stop nearest in time, by halving.
export function nearest(stops, time) {
  let low = 0;
  let high = stops.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stops[middle].t < time) low = middle + 1;
    else high = middle;
  }
  const before = stops[low - 1];
  return before && time - before.t <= stops[low].t - time ? low - 1 : low;
}
