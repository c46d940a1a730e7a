// The lanes: a heading and a caption in HTML, a picture in SVG, all on one time axis that stays in sight below.
import { bandsOf } from './bands.js';
import { barsHeight, drawBars } from './bars.js';
import { groupsOf } from './data.js';
import { drawEvents, rowsOf } from './events.js';
import { drawMarks, MARKS_HEIGHT } from './marks.js';
import { seriesStyle } from './palette.js';
import { drawScans, scanAxis, SCANS_HEIGHT } from './scans.js';
import { attributes, escaped, label, outline, tag, vertical } from './svg.js';
import { timeTicks } from './time_axis.js';
import { axisOf, drawValues, UNABLE_ROW } from './values.js';

const NARROW = 560;
const AXIS_HEIGHT = 30;
const TALL = { vegf: 232, m_protein: 116 };
const SMALL = 74;

export function createChart(element, data, view) {
  const groups = groupsOf(data);
  for (const lane of groups.flatMap((group) => group.lanes)) prepare(lane, data);
  element.replaceChildren(...groups.map(sectionOf));
  const axis = document.createElement('div');
  axis.className = 'timeline-axis';
  element.append(axis);
  return {
    groups,
    lanes: groups.flatMap((group) => group.lanes),
    draw(width, colours, { onPaper = false } = {}) {
      const place = placeOf(width, colours, data, view);
      for (const group of groups) {
        for (const lane of group.lanes) lane.slot.innerHTML = picture(lane, group, place);
        captions(group, colours);
        if (onPaper) group.lanes.at(-1).slot.innerHTML += axisPicture(place);
      }
      axis.innerHTML = axisPicture(place);
      this.place = place;
    },
  };
}

function prepare(lane, data) {
  if (lane.kind === 'values') {
    const unable = lane.series.some((series) => series.points.some((point) => point.number === null));
    lane.height = (TALL[lane.key] ?? SMALL) + (unable ? UNABLE_ROW : 0);
    lane.axis = axisOf(lane, lane.height);
  }
  if (lane.kind === 'marks') lane.height = MARKS_HEIGHT;
  if (lane.kind === 'scans') Object.assign(lane, { height: SCANS_HEIGHT, axis: scanAxis(data) });
  if (lane.kind === 'bars') lane.height = barsHeight(data);
}

function placeOf(width, colours, data, view) {
  const narrow = width < NARROW;
  const left = narrow ? 46 : 60;
  const right = width - (narrow ? 8 : 14);
  const scale = (right - left) / (view.to - view.from);
  return {
    width, colours, data, view, left, right, narrow,
    x: (time) => left + (time - view.from) * scale,
    time: (x) => view.from + (x - left) / scale,
    sees: (time) => time >= view.from && time <= view.to,
  };
}

function sectionOf(group) {
  const section = document.createElement('section');
  section.className = 'timeline-group';
  section.dataset.group = group.key;
  const heading = document.createElement('h3');
  heading.textContent = group.label;
  section.append(heading, ...group.lanes.map(figureOf));
  return section;
}

function figureOf(lane) {
  const figure = document.createElement('figure');
  figure.className = 'timeline-lane';
  lane.caption = document.createElement('figcaption');
  lane.slot = document.createElement('div');
  lane.slot.className = 'timeline-picture';
  Object.entries({ role: 'application', tabindex: '0', 'aria-describedby': 'timeline-keys', 'data-lane': lane.key, 'aria-label': named(lane) })
    .forEach(([name, value]) => lane.slot.setAttribute(name, value));
  figure.append(lane.caption, lane.slot);
  return figure;
}

function named(lane) {
  const title = { bars: 'Treatments', events: 'Events and notes' }[lane.kind] ?? lane.title;
  const count = lane.series ? lane.series.reduce((sum, series) => sum + series.points.length, 0) : 0;
  return count ? `Chart of ${title}, ${count} value${count === 1 ? '' : 's'}` : `Chart of ${title}`;
}

// Above a lane: what it is, in which unit, which way is better, and each series with its sign and latest change.
function captions(group, colours) {
  for (const lane of group.lanes) {
    const alone = lane.title === group.label;
    const unit = lane.unit ? `${alone ? '' : ', '}${lane.unit}` : '';
    const kind = lane.scale === 'log' ? '<span>logarithmic</span>' : '';
    const better = lane.better ? `<span class="timeline-better">${lane.better === 'higher' ? '↑' : '↓'} better</span>` : '';
    const title = lane.title ? `<strong${attributes({ title: lane.name })}>${escaped((alone ? '' : lane.title) + unit)}</strong>${kind}${better}` : '';
    const several = lane.series?.length > 1 || lane.key === 'vegf';
    const series = (lane.series ?? []).map((one) => key(one, lane, several, colours)).join('');
    lane.caption.innerHTML = title + series;
    lane.caption.hidden = !lane.caption.innerHTML;
  }
}

function key(series, lane, several, colours) {
  const { tone, shape, dash } = seriesStyle(series.place, colours);
  const sign = several && lane.kind === 'values'
    ? `<svg class="timeline-swatch" viewBox="0 0 28 12" aria-hidden="true">${tag('path', { d: 'M0 6h28', stroke: tone, 'stroke-width': 2, 'stroke-dasharray': dash })}${tag('path', { d: outline(shape, 14, 6, 4), fill: tone })}</svg>`
    : '';
  const words = several ? escaped(series.label) : '';
  return sign || words ? `<span class="timeline-key">${sign}${words}</span>` : '';
}

function picture(lane, group, place) {
  const height = lane.kind === 'events' ? rowsOf(place).height : lane.height;
  const area = { ...place, top: lane.kind === 'values' ? 8 : 2, bottom: height - (lane.kind === 'values' ? 6 : 2) };
  const first = lane === group.lanes.find((one) => one.kind !== 'marks');
  const draw = { bars: () => drawBars(place), values: () => drawValues(lane, area), marks: () => drawMarks(lane, area), scans: () => drawScans(lane, area), events: () => drawEvents(lane, area) };
  const clip = `clip-${lane.key.replace(/[^a-z0-9]/gi, '-')}`;
  lane.drawn = { width: place.width, height };
  const bands = lane.kind === 'marks' ? '' : bandsOf(group.bands ?? [], place, area.top, area.bottom, { labelled: first });
  const frame = grid(place, height) + bands + draw[lane.kind]() + starts(place, lane, height);
  return svg(place.width, height, frame, clip);
}

function svg(width, height, inside, id) {
  const values = { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': 'system-ui, sans-serif', 'aria-hidden': 'true', focusable: 'false', 'data-id': id };
  return tag('svg', values, inside);
}

function grid(place, height) {
  const { colours, left, right } = place;
  const ticks = timeTicks(place.view, right - left);
  return ticks.map(({ t, strong }) => vertical(place.x(t), 0, height, { stroke: colours.line, 'stroke-width': strong ? 1.4 : 0.7 })).join('');
}

// The start of each line of treatment, and today, run through every lane.
function starts(place, lane, height) {
  const { colours, data } = place;
  const lines = data.lines.filter((line) => place.sees(line.t))
    .map((line) => vertical(place.x(line.t), lane.kind === 'bars' ? 2 : 0, height, { stroke: colours['ink-soft'], 'stroke-width': 1, opacity: 0.75 })).join('');
  const now = place.sees(data.now) ? vertical(place.x(data.now), 0, height, { stroke: colours['line-strong'], 'stroke-width': 1, 'stroke-dasharray': '5 3' }) : '';
  return lines + now;
}

function axisPicture(place) {
  const { colours, left, right, data, view } = place;
  const soft = { fill: colours['ink-soft'], 'text-anchor': 'middle' };
  const ticks = timeTicks(view, right - left).map(({ t, text, strong }) => {
    const x = place.x(t);
    const words = x < left + 8 || x > right - 8 ? '' : label(x, 18, text, strong ? { ...soft, fill: colours.ink, 'font-weight': 600 } : soft);
    return vertical(x, 0, 5, { stroke: colours['line-strong'] }) + words;
  }).join('');
  const unit = view.zero ? label(4, 18, 'months', { fill: colours['ink-soft'] }) : '';
  const today = place.sees(data.now) ? label(place.x(data.now), 29, 'today', { ...soft, 'font-size': 9.5, 'text-anchor': place.x(data.now) > right - 20 ? 'end' : 'middle' }) : '';
  const rule = tag('path', { d: `M${left} 0.5H${right}`, stroke: colours['line-strong'] });
  return svg(place.width, AXIS_HEIGHT, rule + ticks + unit + today, 'axis');
}
