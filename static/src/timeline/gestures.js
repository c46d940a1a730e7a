// Mouse and touch: hover reads, dragging with a mouse marks the span to look into, a finger moves what is
// zoomed, two fingers zoom, the wheel zooms with Ctrl and moves with Shift. Buttons and keys do all of it too.
const CLICK = 6; // pixels a hand may tremble

export function listenToPointers(element, chart, reader, view) {
  const fingers = new Map();
  const shade = document.createElement('div');
  shade.className = 'timeline-shade';
  shade.hidden = true;
  element.append(shade);
  let start = null;

  const where = (event) => {
    const lane = chart.lanes.find((one) => one.slot.contains(event.target));
    const box = (lane ?? chart.lanes[0]).slot.getBoundingClientRect();
    return { lane, x: event.clientX - box.left, y: event.clientY - box.top };
  };

  element.addEventListener('pointermove', (event) => {
    const { lane, x, y } = where(event);
    if (fingers.has(event.pointerId)) fingers.set(event.pointerId, x);
    if (fingers.size === 2) return pinch();
    if (start && start.touch && view.zoomed) return drag(x);
    if (start && !start.touch && Math.abs(x - start.x) > CLICK) return mark(x);
    if (lane && !start) reader.hoverAt(lane, x, y);
    return undefined;
  });
  element.addEventListener('pointerdown', (event) => {
    const { lane, x, y } = where(event);
    if (!lane || event.button > 0) return;
    const touch = event.pointerType !== 'mouse';
    if (touch) fingers.set(event.pointerId, x);
    start = { x, touch, from: view.from, to: view.to, gap: null };
    if (touch) reader.hoverAt(lane, x, y);
  });
  for (const ends of ['pointerup', 'pointercancel', 'pointerleave']) {
    element.addEventListener(ends, (event) => {
      fingers.delete(event.pointerId);
      if (start && !start.touch && !shade.hidden && ends === 'pointerup') choose(where(event).x);
      shade.hidden = true;
      start = null;
      if (ends === 'pointerleave' && event.pointerType === 'mouse') reader.letGo();
    });
  }
  element.addEventListener('dblclick', () => view.all());
  element.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.shiftKey) return;
    event.preventDefault();
    if (event.shiftKey) view.move(Math.sign(event.deltaY || event.deltaX) * 0.1);
    else view.zoom(event.deltaY > 0 ? 1.2 : 1 / 1.2, chart.place.time(where(event).x));
  }, { passive: false });

  function drag(x) {
    const by = ((start.x - x) / (chart.place.right - chart.place.left)) * (start.to - start.from);
    view.show(start.from + by, start.to + by);
  }

  function pinch() {
    const [one, other] = [...fingers.values()];
    const gap = Math.max(Math.abs(one - other), 20);
    if (start.gap) {
      const middle = chart.place.time((one + other) / 2);
      view.zoom(start.gap / gap, middle);
    }
    start.gap = gap;
  }

  function mark(x) {
    const box = chart.lanes[0].slot.getBoundingClientRect();
    const left = Math.min(x, start.x) + box.left - element.getBoundingClientRect().left;
    shade.hidden = false;
    shade.style.transform = `translateX(${left}px)`;
    shade.style.width = `${Math.abs(x - start.x)}px`;
    reader.letGo();
  }

  function choose(x) {
    const [from, to] = [Math.min(x, start.x), Math.max(x, start.x)].map(chart.place.time);
    view.show(from, to);
  }
}
