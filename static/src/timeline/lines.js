// Values: a line per specimen, laboratory and method; bounds as open symbols; the other value of a day beside
// the line; the upper limit that each value was printed with as a dashed line.
import { DAY, moment } from './dates.js';
import { seriesStyle } from './palette.js';
import { limitOf } from './words.js';

const SIZE = 9;
const SMALLER_FROM = 60;
const BEYOND_LAST = 60 * DAY;

export function lineSeries(data, axis, colours) {
  return data.series.flatMap((series, place) => {
    const style = seriesStyle(place, colours);
    const many = series.points.length > SMALLER_FROM;
    const dots = { axis, style, colours, many };
    const shared = { xAxisIndex: 1, yAxisIndex: 1, clip: false };
    const counted = series.points.filter((point) => point.counted);
    const beside = series.points.filter((point) => !point.counted);
    return [
      { ...shared, ...limitLine(series, counted, { data, axis, style, colours }) },
      {
        ...shared,
        type: 'line',
        id: `line-${place}`,
        data: counted.map((point) => dot(point, dots)),
        lineStyle: { color: style.tone, type: style.dash, width: 2 },
        symbol: style.shape,
        showAllSymbol: true,
        labelLayout: { hideOverlap: true },
        emphasis: { disabled: true },
        z: 4,
      },
      {
        ...shared,
        type: 'scatter',
        id: `beside-${place}`,
        symbol: style.shape,
        data: beside.map((point) => dot(point, dots)),
        labelLayout: { hideOverlap: true },
        emphasis: { disabled: true },
        z: 3,
      },
    ];
  });
}

function dot(point, { axis, style, colours, many }) {
  const size = many ? SIZE - 3 : SIZE;
  const open = point.comparator !== '';
  const above = point.comparator.startsWith('>');
  return {
    value: [moment(point.on), axis.place(point.number)],
    symbolSize: style.shape === 'diamond' || style.shape === 'triangle' ? size + 2 : size,
    itemStyle: { color: open ? colours.surface : style.tone, borderColor: style.tone, borderWidth: 2, opacity: 1 },
    label: {
      show: !many && (open || point.number <= 0), // many would hide each other; the tooltip has them
      position: open ? (above ? 'top' : 'bottom') : 'right',
      distance: 6,
      textBorderColor: colours.surface, // a halo: the line may run behind
      textBorderWidth: 3,
      formatter: point.shown.split(' ')[0],
      color: colours.ink,
      fontSize: 11,
    },
  };
}

function limitLine(series, points, { data, axis, style, colours }) {
  const known = points.filter((point) => limitOf(point, series) !== null);
  const steps = known.map((point) => ({ on: moment(point.on), limit: limitOf(point, series) }));
  // A little beyond the last value, so that the limit of a single value is seen too.
  if (steps.length > 0) {
    const end = Math.max(steps.at(-1).on, Math.min(steps.at(-1).on + BEYOND_LAST, moment(data.as_of)));
    steps.push({ on: end, limit: steps.at(-1).limit });
  }
  return {
    type: 'line',
    step: 'end',
    silent: true,
    symbol: 'circle',
    symbolSize: 0,
    showAllSymbol: true,
    tooltip: { show: false },
    lineStyle: { color: style.tone, type: [4, 4], width: 1.25, opacity: 0.75 },
    areaStyle: data.series.length === 1 ? { color: style.tone, opacity: 0.07, origin: 'start' } : undefined,
    labelLayout: { hideOverlap: true },
    z: 2,
    data: steps.map(({ on, limit }, index) => ({
      value: [on, axis.place(limit)],
      label: {
        show: index === 0 || steps[index - 1].limit !== limit,
        position: [2, -14],
        align: 'left',
        formatter: `limit ${limit}`,
        color: colours['ink-soft'],
        fontSize: 11,
        textBorderColor: colours.surface,
        textBorderWidth: 3,
      },
    })),
  };
}
