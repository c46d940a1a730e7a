// The whole chart as one picture. The file's name says nothing about the patient.
import { label, tag } from './svg.js';

const HEADING = 22;
const CAPTION = 17;
const MARGIN = 16;
const SHARPNESS = 2;

function whole(chart, colours) {
  const { width } = chart.place;
  let y = MARGIN;
  let inside = '';
  for (const group of chart.groups) {
    inside += label(4, y + 14, group.label, { 'font-size': 13, 'font-weight': 700, fill: colours.ink });
    y += HEADING;
    for (const lane of group.lanes) {
      const caption = lane.caption.textContent;
      if (caption) {
        inside += label(4, y + 11, caption, { fill: colours['ink-soft'] });
        y += CAPTION;
      }
      inside += placed(lane.slot.querySelector('svg'), y);
      y += lane.drawn.height + 4;
    }
  }
  inside += placed(document.querySelector('.timeline-axis svg'), y);
  const height = y + 30 + MARGIN;
  const ground = tag('rect', { width, height, fill: colours.surface });
  const values = { xmlns: 'http://www.w3.org/2000/svg', width, height, viewBox: `0 0 ${width} ${height}`, 'font-family': 'sans-serif' };
  return { text: tag('svg', values, ground + inside), width, height };
}

function placed(svg, y) {
  const copy = svg.cloneNode(true);
  copy.setAttribute('y', y);
  return new XMLSerializer().serializeToString(copy);
}

export function saveSvg(chart, colours) {
  save(new Blob([whole(chart, colours).text], { type: 'image/svg+xml' }), 'timeline.svg');
}

export async function savePng(chart, colours) {
  const { text, width, height } = whole(chart, colours);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const canvas = Object.assign(document.createElement('canvas'), { width: width * SHARPNESS, height: height * SHARPNESS });
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((blob) => save(blob, 'timeline.png'), 'image/png');
}

function save(blob, name) {
  const link = Object.assign(document.createElement('a'), { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}
