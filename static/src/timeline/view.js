// The span of time that is shown and the day months are counted from: one for all lanes.
import { DAY, moment } from './dates.js';

const LEAST_SPAN = 14 * DAY;

export function createView(data) {
  const whole = wholeOf(data);
  const listeners = [];
  const view = {
    ...whole,
    zero: null,
    whole,
    changed: (listener) => listeners.push(listener),
    show(from, to) {
      const span = Math.min(Math.max(to - from, LEAST_SPAN), whole.to - whole.from);
      const start = Math.min(Math.max(from, whole.from), whole.to - span);
      Object.assign(view, { from: start, to: start + span });
      listeners.forEach((listener) => listener());
    },
    zoom(factor, at = (view.from + view.to) / 2) {
      view.show(at - (at - view.from) * factor, at + (view.to - at) * factor);
    },
    move(share) {
      const by = (view.to - view.from) * share;
      view.show(view.from + by, view.to + by);
    },
    all: () => view.show(whole.from, whole.to),
    countFrom(zero) {
      view.zero = zero;
      listeners.forEach((listener) => listener());
    },
    get zoomed() {
      return view.to - view.from < (whole.to - whole.from) * 0.999;
    },
  };
  return view;
}

// All that happened, and a little of what is to come, so that the end of a clock that runs can be seen.
function wholeOf(data) {
  const days = [
    data.now,
    ...data.treatments.flatMap((one) => [one.from, one.to]),
    ...data.lanes.flatMap((lane) => lane.series.flatMap((series) => [series.points[0].t, series.points.at(-1).t])),
    ...data.scans.map((scan) => scan.t),
    ...data.events.map((event) => event.t),
  ];
  const first = days.reduce((one, other) => Math.min(one, other));
  const last = days.reduce((one, other) => Math.max(one, other));
  const room = Math.max((last - first) * 0.02, 10 * DAY);
  const ahead = Math.max(...data.bands.map((band) => moment(band.until)), last);
  return { from: first - room, to: Math.min(ahead, last + (last - first) * 0.14) + room };
}
