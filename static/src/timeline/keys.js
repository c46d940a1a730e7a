// The chart by keyboard: a crosshair that moves from event to event and is read out.
import { inWords, moment } from './dates.js';
import { dayInWords, treatmentInWords } from './words.js';

const STEPS = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity };

export function listenToKeys(element, reading, chart, data) {
  const stops = stopsOf(data);
  let place = -1;

  element.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') return letGo();
    const step = STEPS[event.key];
    if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || stops.length === 0) return undefined;
    event.preventDefault();
    place = place < 0 && step > 0 && step < Infinity ? 0 : Math.min(Math.max(place + step, 0), stops.length - 1);
    const stop = stops[place];
    reading.textContent = `${stop.lines.join('. ')}. ${place + 1} of ${stops.length}.`;
    hide(); // a treatment has no crosshair: the one before must not stay
    return chart().dispatchAction({ type: 'showTip', ...stop.target(chart()) });
  });
  element.addEventListener('blur', letGo);

  function letGo() {
    place = -1;
    reading.textContent = '';
    hide();
  }

  function hide() {
    chart().dispatchAction({ type: 'hideTip' });
    chart().dispatchAction({ type: 'updateAxisPointer', currTrigger: 'leave' });
  }
}

function stopsOf(data) {
  const treatments = data.treatments.map((one, dataIndex) => ({
    at: moment(one.start),
    lines: [`${inWords(one.start)}, start of treatment`, ...treatmentInWords(one)],
    target: (chart) => ({ seriesIndex: indexOf(chart, 'treatments'), dataIndex }),
  }));
  const days = new Map();
  data.series.forEach((series, place) => {
    series.points.filter((point) => point.counted).forEach((point, dataIndex) => {
      if (days.has(point.on)) return;
      days.set(point.on, {
        at: moment(point.on),
        lines: dayInWords(point.on, data),
        target: (chart) => ({ seriesIndex: indexOf(chart, `line-${place}`), dataIndex }),
      });
    });
  });
  return [...treatments, ...days.values()].sort((one, other) => one.at - other.at);
}

function indexOf(chart, id) {
  return chart.getOption().series.findIndex((series) => series.id === id);
}
