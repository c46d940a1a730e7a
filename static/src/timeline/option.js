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
const BESIDE = 16;

// Where each lane stands, in pixels; a course without treatments or without values leaves no gap.
function layoutOf(data) {
  const lanes = (Math.max(-1, ...data.treatments.map((one) => one.row)) + 1) * ROW_HEIGHT;
  const valuesTop = lanes ? lanes + 2 * HEADING : HEADING;
  const values = data.series.length ? VALUES_HEIGHT : 0;
  return { lanes, valuesTop, values, height: (values ? valuesTop + values : HEADING + lanes) + TIME_LABELS };
}

export function heightOf(data) {
  return layoutOf(data).height;
}

export function optionOf(data, colours, width) {
  const narrow = width < NARROW;
  const left = narrow ? 46 : 58;
  const right = narrow ? 10 : 18;
  const layout = layoutOf(data);
  const range = timeRange(data);
  const axis = logAxis(data.series.flatMap(numbersOf));
  const text = { color: colours['ink-soft'], fontFamily: colours.font, fontSize: 12 };
  const pixel = (time) => left + ((time - range.min) / (range.max - range.min)) * (width - left - right);
  return {
    animation: false,
    useUTC: true,
    backgroundColor: 'transparent',
    textStyle: { fontFamily: colours.font, color: colours.ink },
    axisPointer: {
      // The crosshair of the values crosses the treatments too; over the treatments the bars speak.
      link: [{ xAxisIndex: 'all', mapper: (time, from) => (from.axisIndex === 0 ? NaN : time) }],
      lineStyle: { color: colours['line-strong'], type: 'solid' },
      label: { show: false },
    },
    tooltip: tooltip(data, colours, { pixel, top: layout.valuesTop }),
    grid: [
      { left, right, top: HEADING, height: layout.lanes },
      { left, right, top: layout.valuesTop, height: layout.values },
    ],
    xAxis: [
      timeAxis(range, colours, text, { gridIndex: 0, bare: layout.values > 0 }),
      timeAxis(range, colours, text, { gridIndex: 1, bare: layout.values === 0 }),
    ],
    yAxis: [rowAxis(data, text, left), valueAxis(data, axis, colours, text, left)],
    series: [
      barSeries(data, colours),
      ...lineSeries(data, axis, colours),
      ...zeroFloor(axis, colours, narrow ? 'zero' : 'zero, below the logarithmic scale'),
    ],
  };
}

function numbersOf(series) {
  return series.points.flatMap((point) => [point.number, limitOf(point, series) ?? point.number]);
}

function timeRange(data) {
  const days = [
    moment(data.as_of),
    ...data.treatments.flatMap((one) => [moment(one.start), moment(one.end ?? data.as_of)]),
    ...data.series.flatMap((one) => one.points.map((point) => moment(point.on))),
  ];
  const first = Math.min(...days);
  const last = Math.max(...days);
  const room = Math.max((last - first) * 0.02, 7 * DAY);
  return { min: first - room, max: last + room };
}

function tooltip(data, colours, { pixel, top }) {
  return {
    trigger: 'axis',
    renderMode: 'richText', // an HTML tooltip would need inline styles, which the content policy forbids
    confine: true,
    backgroundColor: colours.surface,
    borderColor: colours['line-strong'],
    textStyle: { color: colours.ink, fontSize: 12, fontFamily: colours.font, lineHeight: 18 },
    axisPointer: { type: 'line', snap: true },
    // Beside the crosshair and at the top, where it hides neither the value nor the way the line takes next.
    position: (mouse, [first], shape, rect, size) => {
      const [width] = size.contentSize;
      const x = pixel(first.value[0]);
      const after = x + BESIDE + width <= size.viewSize[0];
      return [after ? x + BESIDE : Math.max(0, x - BESIDE - width), top];
    },
    formatter: (found) => {
      const [first] = Array.isArray(found) ? found : [found];
      return asTooltip(dayInWords(new Date(first.value[0]).toISOString().slice(0, 10), data));
    },
  };
}

function timeAxis(range, colours, text, { gridIndex, bare }) {
  return {
    type: 'time',
    gridIndex,
    ...range,
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
function zeroFloor(axis, colours, name) {
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
      data: [[{ name, yAxis: axis.min }, { yAxis: axis.floorTop }]],
    },
  }];
}
