// Elements, formats and the URL: what every page needs.

/** Makes an element: h('a.tag', { href }, 'text', child). A property that is a function listens; undefined ones are left out. */
export function h(selector, props, ...children) {
  const [tag, ...classes] = selector.split('.');
  const element = document.createElement(tag || 'div');
  if (classes.length) element.className = classes.join(' ');
  return fill(element, props, children);
}

/** The same for SVG. */
export function s(tag, props, ...children) {
  return fill(document.createElementNS('http://www.w3.org/2000/svg', tag), props, children);
}

function fill(element, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    else if (name === 'who') element.style.setProperty('--who', value);
    else if (name === 'style') Object.assign(element.style, value);
    else if (name === 'value') element.value = value;
    else element.setAttribute(name, value === true ? '' : value);
  }
  element.append(...children.flat(Infinity).filter(child => child !== undefined && child !== null && child !== false));
  return element;
}

/** Replaces the children of an element; the element with the focus keeps it when one with the same data-focus follows. */
export function replace(parent, ...children) {
  const focus = parent.contains(document.activeElement) ? document.activeElement.dataset.focus : undefined;
  const top = parent.scrollTop;
  parent.replaceChildren(...children.flat(Infinity).filter(Boolean));
  parent.scrollTop = top;
  if (focus) parent.querySelector(`[data-focus="${CSS.escape(focus)}"]`)?.focus({ preventScroll: true });
}

const two = value => String(value).padStart(2, '0');

export const format = {
  time: (ms, withMillis = true) => {
    const d = new Date(ms);
    return `${two(d.getHours())}:${two(d.getMinutes())}:${two(d.getSeconds())}` + (withMillis ? `.${String(d.getMilliseconds()).padStart(3, '0')}` : '');
  },
  date: ms => new Date(ms).toLocaleString(),
  duration: ms => ms === 0 ? '0' : ms < 0.1 ? `${Math.round(ms * 1000)} µs` : ms < 999.5 ? `${round(ms)} ms`
    : ms < 59950 ? `${round(ms / 1000)} s` : ms < 3600e3 ? `${trim(ms / 60e3, 1)} min` : `${trim(ms / 3600e3, 1)} h`,
  ago: ms => {
    const seconds = Math.max(0, Math.round((Date.now() - ms) / 1000));
    return seconds < 60 ? `${seconds} s` : seconds < 3600 ? `${Math.floor(seconds / 60)} min` : seconds < 86400 ? `${trim(seconds / 3600, 1)} h` : `${trim(seconds / 86400, 1)} d`;
  },
  number: value => {
    const size = Math.abs(value);
    if (size >= 1e15) return value.toExponential(2);
    return size >= 1e6 && size < 1e12 ? `${trim(value / (size >= 1e9 ? 1e9 : 1e6), 2)} ${size >= 1e9 ? 'G' : 'M'}`
      : size >= 10000 ? `${round(value / 1e3)} k` : round(value);
  },
  bytes: value => value >= 1 << 30 ? `${round(value / (1 << 30))} GiB` : value >= 1 << 20 ? `${round(value / (1 << 20))} MiB` : value >= 1024 ? `${round(value / 1024)} KiB` : `${round(value)} B`,
  /** A value in a UCUM unit as instruments give it. */
  unit: (value, unit) => value === null || value === undefined ? '–' : unit === 's' ? format.duration(value * 1000) : unit === 'ms' ? format.duration(value)
    : unit === 'By' ? format.bytes(value) : unit === 'By/s' ? `${format.bytes(value)}/s` : format.number(value) + (unit && !unit.startsWith('{') && unit !== '1' ? ` ${unit}` : ''),
};

/** Three digits that count; whole numbers in full. */
function round(value) {
  const size = Math.abs(value);
  return trim(value, size >= 100 ? 0 : size >= 10 ? 1 : 2);
}

function trim(value, digits) {
  return String(Number(value.toFixed(digits)));
}

export const query = () => new URLSearchParams(location.search);

/** Writes filters into the URL without a new page in the history; empty ones are left out. */
export function setQuery(changes) {
  const params = query();
  for (const [name, value] of Object.entries(changes)) {
    if (value === '' || value === undefined || value === null || value === false) params.delete(name);
    else params.set(name, value === true ? '1' : value);
  }
  params.sort();
  const text = params.toString();
  history.replaceState(null, '', location.pathname + (text ? `?${text}` : ''));
}

export function debounce(action, ms = 150) {
  let timer;
  return (...args) => { clearTimeout(timer); timer = setTimeout(() => action(...args), ms); };
}

const palette = [['#4a5bd0', '#8d9bff'], ['#12806f', '#3fcdb6'], ['#a8680a', '#e6a944'], ['#a03f8e', '#e187cf'], ['#2a7ab8', '#63b4f0'], ['#667426', '#b5c65a'],
  ['#b84f2b', '#f2926f'], ['#6c50c4', '#b39dff'], ['#31823f', '#74d086'], ['#b03f69', '#f088ab']].map(([light, dark]) => `light-dark(${light}, ${dark})`);
const taken = new Map();

/** A colour for a name, the same as long as the page lives. */
export function colour(name) {
  if (!taken.has(name)) taken.set(name, palette[taken.size % palette.length]);
  return taken.get(name);
}

export function toast(text) {
  const element = h('div', {}, text);
  document.getElementById('toasts').append(element);
  setTimeout(() => element.remove(), 5000);
}

export async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast('Copied');
}
