// Colours come from the design tokens, so the chart follows light and dark. On paper everything is black or
// grey: series are told apart by shape and dash, bands by hatching, and all by words.
const TOKENS = [
  'surface', 'sunken', 'ink', 'ink-soft', 'line', 'line-strong', 'accent', 'accent-soft', 'warn', 'warn-soft',
  'unsure', 'unsure-soft', 'bad', 'bad-soft', 'note', 'note-soft', 'mute', 'mute-soft', 'good', 'font',
];
const PAPER = {
  surface: '#fff', sunken: '#f2f2f2', ink: '#000', 'ink-soft': '#333', line: '#ddd', 'line-strong': '#777',
  accent: '#222', 'accent-soft': '#ddd', warn: '#222', 'warn-soft': '#999', unsure: '#222', 'unsure-soft': '#bbb',
  bad: '#222', 'bad-soft': '#fff', note: '#555', 'note-soft': '#eee', mute: '#555', 'mute-soft': '#f2f2f2',
  good: '#777', font: 'sans-serif',
};
// Told apart also by those who do not see red and green: each tone has its own shape and dash.
const SERIES_TONES = ['accent', 'warn', 'unsure', 'note', 'bad', 'mute'];
const SERIES_SHAPES = ['circle', 'square', 'triangle', 'diamond'];
const SERIES_DASHES = [undefined, '7 3', '3 3', '10 3 2 3'];
const TREATMENT_TONES = { radiation: 'warn', systemic: 'accent', asct: 'unsure', anti_vegf: 'bad' };

export function palette(onPaper) {
  if (onPaper) return PAPER;
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(TOKENS.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

export function seriesStyle(place, colours) {
  return {
    tone: colours[SERIES_TONES[place % SERIES_TONES.length]],
    shape: SERIES_SHAPES[place % SERIES_SHAPES.length],
    dash: SERIES_DASHES[place % SERIES_DASHES.length],
  };
}

export function treatmentStyle(kind, colours) {
  const tone = TREATMENT_TONES[kind] ?? 'mute';
  return { edge: colours[tone], fill: colours[`${tone}-soft`] };
}
