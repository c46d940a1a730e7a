// The buttons above the chart: what months are counted from, how much is shown, and the picture as a file.
import { monthInWords } from './dates.js';
import { savePng, saveSvg } from './download.js';

export function listenToControls(form, chart, reader, view, data, drawn) {
  const acts = {
    in: () => view.zoom(0.5), out: () => view.zoom(2), earlier: () => view.move(-0.5), later: () => view.move(0.5), all: view.all,
  };
  form.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-act]');
    if (!button) return;
    const { act } = button.dataset;
    if (act === 'svg') saveSvg(chart, drawn.onScreen());
    else if (act === 'png') savePng(chart, drawn.onScreen());
    else {
      acts[act]();
      reader.say(`Shown: ${monthInWords(view.from)} to ${monthInWords(view.to)}.`);
    }
  });
  form.addEventListener('change', (event) => {
    if (event.target.name !== 'zero') return;
    const chosen = data.zeros.find((zero) => zero.key === event.target.value);
    view.countFrom(chosen ? { ...chosen, t: Date.parse(`${chosen.on}T00:00:00Z`) } : null);
    reader.say(chosen ? `The axis counts months since ${chosen.label}.` : 'The axis shows calendar dates.');
  });
  const toggle = () => {
    for (const act of ['out', 'all', 'earlier', 'later']) form.querySelector(`[data-act="${act}"]`).disabled = !view.zoomed;
  };
  view.changed(toggle);
  toggle();
}
