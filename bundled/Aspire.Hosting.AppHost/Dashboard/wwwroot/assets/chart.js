// A line chart over time: SVG, one shared crosshair, values in the legend.
import { format, h, replace, s } from './dom.js';

const [Left, Right, Top, Bottom] = [52, 8, 8, 18];

/** Options: unit, height, data {start, step, count}, lines [{label, colour, values, area}]. Returns an element with update(options). */
export function chart(height = 150) {
  const svg = s('svg', { class: 'chart', height });
  const legend = h('div.legend');
  const element = h('div', {}, svg, legend);
  let [options, at] = [undefined, undefined];

  element.update = next => { options = next; draw(); };
  svg.addEventListener('mousemove', event => {
    if (!options) return;
    const width = svg.clientWidth - Left - Right;
    const x = event.clientX - svg.getBoundingClientRect().left - Left;
    at = Math.max(0, Math.min(options.data.count - 1, Math.floor(x / width * options.data.count)));
    draw();
  });
  svg.addEventListener('mouseleave', () => { at = undefined; draw(); });
  new ResizeObserver(() => options && draw()).observe(svg);

  function draw() {
    const { data, lines, unit } = options;
    const [width, inner] = [Math.max(80, svg.clientWidth - Left - Right), height - Top - Bottom];
    const top = ceiling(Math.max(0, ...lines.flatMap(line => line.values.filter(v => v !== null))), unit);
    const x = i => Left + (i + 0.5) * width / data.count;
    const y = value => Top + inner - value / top * inner;
    svg.replaceChildren(...grid(top, unit, width, y), ...times(data, x, height), ...lines.flatMap(line => paths(line, x, y, Top + inner)),
      ...(at === undefined ? [] : [s('line', { class: 'cross', x1: x(at), x2: x(at), y1: Top, y2: Top + inner })]));
    replace(legend, lines.map(line => h('span', { who: line.colour }, line.label, h('b', {}, format.unit(at === undefined ? latest(line.values) : line.values[at], unit)))),
      at !== undefined && h('span.grow'), at !== undefined && h('b.quiet', {}, format.time(data.start + (at + 1) * data.step, false)));
  }
  return element;
}

/** The last value that is known, if it is not older than three steps. */
export function latest(values) {
  return values.slice(-3).findLast(value => value !== null) ?? null;
}

function grid(top, unit, width, y) {
  return [0, top / 2, top].flatMap(value => [
    s('line', { class: 'grid', x1: Left, x2: Left + width, y1: y(value), y2: y(value) }),
    s('text', { x: Left - 6, y: y(value) + 3.5, 'text-anchor': 'end' }, format.unit(value, unit)),
  ]);
}

function times(data, x, height) {
  return [0, Math.floor(data.count / 2), data.count - 1].map((i, n) =>
    s('text', { x: x(i), y: height - 4, 'text-anchor': ['start', 'middle', 'end'][n] }, format.time(data.start + (i + 1) * data.step, false)));
}

function paths(line, x, y, floor) {
  const runs = [];
  line.values.forEach((value, i) => {
    if (value === null) return;
    if (i > 0 && line.values[i - 1] !== null && runs.length) runs.at(-1).push([x(i), y(value)]);
    else runs.push([[x(i), y(value)]]);
  });
  return runs.flatMap(run => {
    if (run.length === 1) return [s('circle', { cx: run[0][0], cy: run[0][1], r: 2, fill: line.colour })];
    const points = run.map(([px, py]) => `${px.toFixed(1)} ${py.toFixed(1)}`).join('L');
    return [
      line.area && s('path', { class: 'area', d: `M${run[0][0]} ${floor}L${points}L${run.at(-1)[0]} ${floor}Z`, fill: line.colour }),
      s('path', { class: 'line', d: `M${points}`, stroke: line.colour }),
    ].filter(Boolean);
  });
}

// The next of 1, 2, 5 times a power; of 1024 for bytes, of minutes for long times.
function ceiling(value, unit) {
  if (!value) return 1;
  const base = unit === 'By' ? 1024 ** Math.floor(Math.log(Math.max(1, value)) / Math.log(1024)) : unit === 's' && value > 50 ? 60 : 1;
  const power = 10 ** Math.floor(Math.log10(value / base));
  return [1, 2, 2.5, 5, 10].map(n => n * power * base).find(n => n >= value);
}
