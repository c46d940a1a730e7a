// Treatments as bars, a row for each name, the name beside the bar where it has room.
import { moment } from './dates.js';
import { textWidth } from './library.js';
import { treatmentStyle } from './palette.js';
import { asTooltip, treatmentInWords } from './words.js';

export const ROW_HEIGHT = 26;
const BAR_HEIGHT = 17;
const LEAST_WIDTH = 4;
const GAP = 6;
const ARROW = 7;

export function barSeries(data, colours) {
  const font = `12px ${colours.font}`;
  const end = (treatment) => moment(treatment.end ?? data.as_of);
  const inRow = (row) => data.treatments.filter((one) => one.row === row);
  return {
    type: 'custom',
    id: 'treatments',
    xAxisIndex: 0,
    yAxisIndex: 0,
    clip: false,
    encode: { x: [0, 1], y: 2 },
    emphasis: { disabled: true },
    data: data.treatments.map((one) => [moment(one.start), end(one), one.row]),
    tooltip: {
      trigger: 'item',
      position: ([x, y]) => [x + 12, y + 12],
      formatter: ({ dataIndex }) => asTooltip(treatmentInWords(data.treatments[dataIndex])),
    },
    renderItem: (params, api) => {
      const treatment = data.treatments[params.dataIndex];
      const [left, middle] = api.coord([api.value(0), api.value(2)]);
      const right = Math.max(api.coord([api.value(1), api.value(2)])[0], left + LEAST_WIDTH);
      const style = treatmentStyle(treatment.kind, colours);
      const bar = {
        type: 'polygon',
        shape: { points: outline(left, right, middle, treatment.end === null) },
        style: { fill: style.fill, stroke: style.edge, lineWidth: 1.25 },
      };
      const row = inRow(treatment.row);
      if (row.at(-1) !== treatment) return bar;
      const rowLeft = api.coord([Math.min(...row.map((one) => moment(one.start))), 0])[0];
      const place = { left, right, rowLeft, grid: params.coordSys, ongoing: treatment.end === null };
      const text = { text: treatment.name, font, fill: colours.ink, verticalAlign: 'middle', y: middle };
      return { type: 'group', children: [bar, { type: 'text', style: { ...text, ...besideOrInside(place, treatment.name, font) } }] };
    },
  };
}

// A bar with a point at its right end is still going on.
function outline(left, right, middle, ongoing) {
  const top = middle - BAR_HEIGHT / 2;
  const bottom = middle + BAR_HEIGHT / 2;
  if (!ongoing) return [[left, top], [right, top], [right, bottom], [left, bottom]];
  const neck = Math.max(left, right - ARROW);
  return [[left, top], [neck, top], [right, middle], [neck, bottom], [left, bottom]];
}

function besideOrInside({ left, right, rowLeft, grid, ongoing }, name, font) {
  const width = textWidth(name, font);
  const inside = right - left - 2 * GAP - (ongoing ? ARROW : 0);
  const after = grid.x + grid.width - right - GAP;
  const before = rowLeft - grid.x - GAP;
  if (width <= inside) return { x: left + GAP, align: 'left' };
  if (width <= after) return { x: right + GAP, align: 'left' };
  if (width <= before) return { x: rowLeft - GAP, align: 'right' };
  // Nowhere whole: shortened where most of it can be read; the list below has it all.
  const most = Math.max(inside, after, before);
  const short = { overflow: 'truncate', width: most, ellipsis: '…' };
  if (most === inside) return { x: left + GAP, align: 'left', ...short };
  return most === after ? { x: right + GAP, align: 'left', ...short } : { x: rowLeft - GAP, align: 'right', ...short };
}
