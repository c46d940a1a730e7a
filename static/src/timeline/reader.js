// One crosshair through all lanes, a card with what it stands on, and the same said to a screen reader.
import { nearest, stopsOf } from './stops.js';
import { dayInWords } from './words.js';

const OTHERS = 5;

export function createReader(element, status, chart, data, view) {
  const line = part('timeline-crosshair');
  const ring = part('timeline-ring');
  const card = part('timeline-card');
  element.append(line, ring, card);
  for (const lane of chart.lanes) lane.stops = stopsOf(lane, data);
  let at = null; // lane and place in its stops

  const reader = {
    hoverAt(lane, x, y) {
      if (!lane.stops.length) return;
      const time = chart.place.time(x);
      const bar = lane.kind === 'bars' ? barAt(lane, time, y) : -1;
      show(lane, bar >= 0 ? bar : nearest(lane.stops, time), { aloud: false, x: bar >= 0 ? x : null });
    },
    step(lane, by) {
      if (!lane.stops.length) return;
      const from = at?.lane === lane ? at.place : by > 0 ? -1 : lane.stops.length;
      show(lane, Math.min(Math.max(from + by, 0), lane.stops.length - 1), { aloud: true, x: null });
    },
    letGo() {
      at = null;
      for (const one of [line, ring, card]) one.hidden = true;
      status.textContent = '';
    },
    say: (text) => { status.textContent = text; },
    again: () => { if (at) reader.letGo(); },
  };
  return reader;

  function part(name) {
    const one = document.createElement('div');
    one.className = name;
    one.hidden = true;
    one.setAttribute('aria-hidden', 'true');
    return one;
  }

  function barAt(lane, time, y) {
    const under = lane.stops.findIndex((stop) => stop.covers(time) && Math.abs(y - (18 + stop.row * 26 + 13)) < 13);
    return under >= 0 ? under : lane.stops.findIndex((stop) => stop.covers(time));
  }

  function show(lane, place, { aloud, x }) {
    const stop = lane.stops[place];
    at = { lane, place };
    if (!chart.place.sees(stop.t) && aloud) view.show(stop.t - (view.to - view.from) / 2, stop.t + (view.to - view.from) / 2);
    at = { lane, place };
    const heading = dayInWords(stop.on, stop.t, view.zero);
    const lines = stop.lines();
    if (aloud) status.textContent = `${[heading, ...lines].join('. ')}. ${place + 1} of ${lane.stops.length}.`;
    put(lane, stop, heading, lines, x);
  }

  function put(lane, stop, heading, lines, x) {
    const frame = element.getBoundingClientRect();
    const slot = lane.slot.getBoundingClientRect();
    const left = slot.left - frame.left + (x ?? chart.place.x(stop.t));
    if (left < slot.left - frame.left || left > slot.right - frame.left) return reader.letGo();
    const y = stop.y();
    fill(heading, lines, others(lane, stop));
    move(line, left, 0);
    move(ring, left, slot.top - frame.top + (y ?? 0));
    line.hidden = false;
    card.hidden = false;
    ring.hidden = y === null;
    const width = card.offsetWidth;
    const after = left + 16 + width <= frame.width;
    const top = slot.top - frame.top + Math.min(y ?? 0, slot.height) + 14;
    return move(card, after ? left + 16 : Math.max(0, left - 16 - width), Math.max(0, Math.min(top, frame.height - card.offsetHeight - 4)));
  }

  // What the other lanes have on the same day, shortly.
  function others(lane, stop) {
    const found = [];
    for (const other of chart.lanes) {
      if (other === lane || other.kind === 'bars' || !other.stops.length) continue;
      const near = other.stops[nearest(other.stops, stop.t)];
      if (Math.abs(chart.place.x(near.t) - chart.place.x(stop.t)) < 1 && near.on === stop.on) found.push(near.lines()[0]);
    }
    return found.length > OTHERS ? [...found.slice(0, OTHERS), `and ${found.length - OTHERS} more of that day`] : found;
  }

  function fill(heading, lines, also) {
    const [title, ...rest] = lines;
    const rows = [['strong', heading], ['div', title, 'timeline-card-value'], ...rest.map((text) => ['div', text]), ...also.map((text) => ['div', text, 'timeline-card-also'])];
    card.replaceChildren(...rows.map(([name, text, style]) => {
      const row = document.createElement(name);
      row.textContent = text;
      if (style) row.className = style;
      return row;
    }));
  }
}

function move(one, x, y) {
  one.style.transform = `translate(${x}px, ${y}px)`;
}
