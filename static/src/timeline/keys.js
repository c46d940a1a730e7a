// The chart by keyboard: each lane takes the focus; the arrows step from value to value and are read out.
const STEPS = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity };

export function listenToKeys(chart, reader, view) {
  chart.lanes.forEach((lane, index) => {
    lane.slot.addEventListener('keydown', (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      if (answer(event, lane, index)) event.preventDefault();
    });
    lane.slot.addEventListener('blur', () => reader.letGo());
  });

  function answer(event, lane, index) {
    if (event.shiftKey && event.key.startsWith('Arrow')) return shifted(event.key);
    if (event.key in STEPS) {
      const step = STEPS[event.key];
      reader.step(lane, Number.isFinite(step) ? step : step > 0 ? lane.stops.length * 2 : -lane.stops.length * 2);
      return true;
    }
    if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      chart.lanes[index + (event.key === 'ArrowDown' ? 1 : -1)]?.slot.focus();
      return true;
    }
    const acts = { '+': () => view.zoom(0.5), '=': () => view.zoom(0.5), '-': () => view.zoom(2), 0: view.all, Escape: reader.letGo };
    acts[event.key]?.();
    return event.key in acts;
  }

  function shifted(key) {
    if (key === 'ArrowLeft') view.move(-0.25);
    if (key === 'ArrowRight') view.move(0.25);
    return true;
  }
}
