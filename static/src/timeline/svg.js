// SVG as text: attributes only, no styles, so that the content policy is kept and a downloaded file looks the same.
const ESCAPES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

export function escaped(text) {
  return String(text).replace(/[&<>"]/g, (sign) => ESCAPES[sign]);
}

export function attributes(values) {
  return Object.entries(values)
    .filter(([, value]) => value !== undefined && value !== null && value !== false)
    .map(([name, value]) => ` ${name}="${escaped(typeof value === 'number' ? rounded(value) : value)}"`)
    .join('');
}

export function tag(name, values, inside = '') {
  return `<${name}${attributes(values)}>${inside}</${name}>`;
}

export function label(x, y, text, values = {}) {
  return tag('text', { x, y, 'font-size': 11, ...values }, escaped(text));
}

// A halo keeps a label legible where a line runs behind it.
export function haloed(x, y, text, colours, values = {}) {
  const halo = { 'paint-order': 'stroke', stroke: colours.surface, 'stroke-width': 3, 'stroke-linejoin': 'round' };
  return label(x, y, text, { fill: colours.ink, ...halo, ...values });
}

export function vertical(x, top, bottom, values) {
  return tag('path', { d: `M${rounded(x)} ${rounded(top)}V${rounded(bottom)}`, fill: 'none', ...values });
}

export function horizontal(y, left, right, values) {
  return tag('path', { d: `M${rounded(left)} ${rounded(y)}H${rounded(right)}`, fill: 'none', ...values });
}

// The outline of a symbol around a point; many of one kind make one path.
export function outline(shape, x, y, r) {
  const [px, py, pr] = [rounded(x), rounded(y), rounded(r)];
  switch (shape) {
    case 'square': return `M${rounded(x - r * 0.9)} ${rounded(y - r * 0.9)}h${rounded(r * 1.8)}v${rounded(r * 1.8)}h${rounded(-r * 1.8)}z`;
    case 'triangle': return `M${px} ${rounded(y - r * 1.2)}l${rounded(r * 1.15)} ${rounded(r * 2)}h${rounded(-r * 2.3)}z`;
    case 'diamond': return `M${px} ${rounded(y - r * 1.3)}l${rounded(r * 1.3)} ${rounded(r * 1.3)}l${rounded(-r * 1.3)} ${rounded(r * 1.3)}l${rounded(-r * 1.3)} ${rounded(-r * 1.3)}z`;
    case 'cross': return `M${rounded(x - r)} ${rounded(y - r)}l${rounded(2 * r)} ${rounded(2 * r)}m0 ${rounded(-2 * r)}l${rounded(-2 * r)} ${rounded(2 * r)}`;
    default: return `M${rounded(x - r)} ${py}a${pr} ${pr} 0 1 0 ${rounded(2 * r)} 0a${pr} ${pr} 0 1 0 ${rounded(-2 * r)} 0z`;
  }
}

export function rounded(number) {
  return Math.round(number * 10) / 10;
}

const canvas = document.createElement('canvas').getContext('2d');

export function textWidth(text, font) {
  canvas.font = font;
  return canvas.measureText(text).width;
}
