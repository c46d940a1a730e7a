// The whole chart as one ECharts option: bars above, values below, one time axis.
import { barSeries, ROW_HEIGHT } from './bars.js';
import { DAY, moment } from './dates.js';
import { lineSeries } from './lines.js';
import { logAxis } from './log_axis.js';
import { asTooltip, dayInWords, limitOf } from './words.js';

const VALUES_HEIGHT = 300;
const HEADING = 30;
const TIME_LABELS = 30;
const NARROW = 520;

export function heightOf(data) {
  return lanesHeight(data) + HEADING + (data.series.length ? VALUES_HEIGHT + HEADING : 0) + TIME_LABELS;
}

export function optionOf(data, colours, width) {
  const left = width < NARROW ? 46 : 58;
  const right = width < NARROW ? 10 : 18;
  const lanes = lanesHeight(data);
  const values = { left, right, top: lanes ? lanes + 2 * HEADING : HEADING, height: data.series.length ? VALUES_HEIGHT : 1 };
  const axis = logAxis(data.series.flatMap((one) => one.points.flatMap((point) => [point.number, limitOf(point, one) ?? point.number])));
  const text = { color: colours['ink-soft'], fontFamily: colours.font, fontSize: 12 };
  return {
    animation: false,
    useUTC: true,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: colours.font, color: colours.ink },
    axisPointer: { link: [{ xAxisIndex: 'all' }], lineStyle: { color: colours['line-strong'], type: 'solid' }, label: { show: false } },
    tooltip: tooltip(data, colours),
    grid: [{ left, right, top: HEADING, height: lanes }, values],
    xAxis: [timeAxis(data, colours, text, { gridIndex: 0, bare: data.series.length > 0 }), timeAxis(data, colours, text, { gridIndex: 1, bare: data.series.length === 0 })],
    yAxis: [rowAxis(data, text, left), valueAxis(data, axis, colours, text, left)],
    series: [barSeries(data, colours), ...lineSeries(data, axis, colours), ...zeroFloor(axis, colours)],
  };
}

function lanesHeight(data) {
  return (Math.max(-1, ...data.treatments.map((one) => one.row)) + 1) * ROW_HEIGHT;
}

function tooltip(data, colours) {
  return {
    trigger: 'axis',
    renderMode: 'richText', // an HTML tooltip would need inline styles, which the content policy forbids
    confine: true,
    backgroundColor: colours.surface,
    borderColor: colours['line-strong'],
    textStyle: { color: colours.ink, fontSize: 12, fontFamily: colours.font, lineHeight: 18 },
    axisPointer: { type: 'line', snap: true },
    formatter: (found) => {
      const [first] = Array.isArray(found) ? found : [found];
      return asTooltip(dayInWords(new Date(first.value[0]).toISOString().slice(0, 10), data));
    },
  };
}

function timeAxis(data, colours, text, { gridIndex, bare }) {
  const days = [
    moment(data.as_of),
    ...data.treatments.flatMap((one) => [moment(one.start), moment(one.end ?? data.as_of)]),
    ...data.series.flatMap((one) => one.points.map((point) => moment(point.on))),
  ];
  const first = Math.min(...days);
  const last = Math.max(...days);
  const room = Math.max((last - first) * 0.02, 7 * DAY);
  return {
    type: 'time',
    gridIndex,
    min: first - room,
    max: last + room,
    axisLine: { show: !bare, lineStyle: { color: colours['line-strong'] }, onZero: false },
    axisTick: { show: !bare, lineStyle: { color: colours['line-strong'] } },
    axisLabel: bare ? { show: false } : { ...text, hideOverlap: true },
    splitLine: { show: true, lineStyle: { color: colours.line } },
  };
}

function rowAxis(data, text, left) {
  const rows = Math.max(0, ...data.treatments.map((one) => one.row + 1));
  return {
    gridIndex: 0,
    type: 'value',
    inverse: true,
    min: -0.5,
    max: Math.max(rows, 1) - 0.5,
    show: rows > 0,
    axisLine: { show: false },
    axisTick: { show: false },
    axisLabel: { show: false },
    splitLine: { show: false },
    ...heading('Treatments', text, left, 'start'),
  };
}

function valueAxis(data, axis, colours, text, left) {
  return {
    gridIndex: 1,
    type: 'value',
    show: data.series.length > 0,
    min: axis.min,
    max: axis.max,
    axisLine: { show: false },
    axisTick: { show: false, customValues: axis.ticks },
    axisLabel: { ...text, customValues: axis.ticks, formatter: axis.label, hideOverlap: true },
    splitLine: { show: true, lineStyle: { color: colours.line } },
    axisPointer: { show: false },
    ...heading(`${data.analyte}, ${data.unit} (logarithmic)`, text, left, 'end'),
  };
}

// The name of a lane stands above it, flush with the labels of its axis.
function heading(name, text, left, location) {
  return {
    name,
    nameLocation: location,
    nameGap: 12,
    nameTextStyle: { ...text, fontWeight: 600, align: 'left', padding: [0, 0, 0, 4 - left] },
  };
}

// Zero has no place on a logarithmic axis; it stands on a floor of its own, shaded so that the break is seen.
function zeroFloor(axis, colours) {
  if (axis.floor === null) return [];
  return [{
    type: 'line',
    id: 'floor',
    xAxisIndex: 1,
    yAxisIndex: 1,
    data: [],
    silent: true,
    markArea: {
      silent: true,
      itemStyle: { color: colours.sunken },
      label: { position: 'insideTopRight', color: colours['ink-soft'], fontSize: 11 },
      data: [[{ name: 'zero, below the logarithmic scale', yAxis: axis.min }, { yAxis: axis.floorTop }]],
    },
  }];
}
