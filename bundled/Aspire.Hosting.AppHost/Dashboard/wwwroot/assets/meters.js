// Meters: every instrument that was measured, as a chart and in numbers.
import { chart, latest } from './chart.js';
import { colour, debounce, format, h, query, replace, setQuery } from './dom.js';
import { follow, get } from './live.js';

export const Windows = [1, 5, 15, 30, 60];
export const Percentiles = [['p50', 'light-dark(#2a7ab8, #63b4f0)'], ['p90', 'light-dark(#a8680a, #e6a944)'], ['p99', 'light-dark(#b84f2b, #f2926f)']];

/** Buttons for the window; the choice is in the URL. */
export function windows(changed) {
  const buttons = Windows.map(minutes => h('button', { onclick: () => { setQuery({ minutes: minutes === 5 ? '' : minutes }); mark(); changed(); } }, `${minutes} min`));
  const mark = () => buttons.forEach((button, i) => button.setAttribute('aria-pressed', String(Windows[i] === minutesOf())));
  mark();
  return h('span.segments', { role: 'group', 'aria-label': 'Window' }, buttons);
}

export const minutesOf = () => Number(query().get('minutes') ?? 5);

export function mount(root, _, go) {
  let [all, paused] = [[], false];
  const tree = h('div.tree', { tabindex: -1 });
  const title = h('h2');
  const about = h('p.quiet');
  const first = chart(240);
  const second = chart(150);
  const table = h('table');
  const picker = h('select', { 'aria-label': 'Resource', onchange: () => { setQuery({ resource: picker.value }); data.now(); } });
  const by = h('select', { 'aria-label': 'Split by', onchange: () => { setQuery({ by: by.value }); data.now(); } });
  const search = h('input', { type: 'search', placeholder: 'Instrument…   /', value: query().get('q') ?? '', 'aria-label': 'Search instruments', oninput: debounce(() => { setQuery({ q: search.value }); renderTree(); }) });
  const pause = h('button', { 'aria-pressed': 'false', title: 'p', onclick: () => togglePause() }, 'Pause');
  const card = h('div.card', {}, title, about, first, second, h('br'), table);
  const empty = h('div.empty', {}, 'No measurements yet. Resources send theirs every second.');
  root.append(h('div.tools', {}, h('h1', {}, 'Meters'), search, picker, by, windows(() => data.now()), pause),
    h('div.split', {}, tree, h('div.sheet', { style: { border: '0', background: 'none' } }, empty, card)));

  const instrument = () => all.find(one => one.name === query().get('m'));
  const visible = () => all.filter(one => `${one.meter} ${one.name}`.toLowerCase().includes(search.value.toLowerCase()));

  function choose(name) {
    setQuery({ m: name, by: '' });
    renderTree();
    data.now();
  }

  function renderTree() {
    const chosen = instrument();
    [empty.hidden, card.hidden] = [all.length > 0, !chosen];
    const groups = Map.groupBy(visible(), one => one.meter);
    replace(tree, [...groups].flatMap(([meter, ones]) => [h('h3', {}, meter), ones.map(one => h('a', {
      href: `/meters?m=${encodeURIComponent(one.name)}`, title: one.description, 'data-focus': one.name, 'aria-current': one === chosen ? 'true' : undefined,
      onclick: event => { event.preventDefault(); event.stopPropagation(); choose(one.name); },
    }, one.name))]));
    if (!chosen) return;
    const selected = (value, name) => (value === (query().get(name) ?? '') ? true : undefined);
    if (document.activeElement !== picker) replace(picker, h('option', { value: '' }, 'All resources'), chosen.resources.map(name => h('option', { value: name, selected: selected(name, 'resource') }, name)));
    if (document.activeElement !== by) replace(by, h('option', { value: '' }, 'Summed up'), chosen.resources.length > 1 && h('option', { value: '@resource', selected: selected('@resource', 'by') }, 'By resource'), chosen.attributes.map(name => h('option', { value: name, selected: selected(name, 'by') }, `By ${name}`)));
  }

  function render(answer) {
    const one = answer.charts[0];
    const chosen = instrument();
    if (!one || !chosen) return;
    const isHistogram = one.kind === 'Histogram';
    const isRate = isHistogram || one.kind === 'Counter';
    title.replaceChildren(chosen.name, h('small', {}, `${one.kind.toLowerCase()}${one.unit ? `, ${one.unit}` : ''}`));
    about.textContent = one.description;
    const label = group => group.label || (query().get('by') ? '(none)' : isRate ? 'per second' : 'value');
    const rateLines = one.groups.map((group, i) => ({ label: label(group), colour: one.groups.length === 1 ? 'var(--accent)' : colour(label(group)), values: group.values, area: one.groups.length === 1 }));
    const rateUnit = isRate ? (one.unit === 'By' && !isHistogram ? 'By/s' : '/s') : one.unit;
    second.hidden = !isHistogram;
    if (isHistogram) {
      const lines = one.groups.length === 1 ? Percentiles.map(([name, tint]) => ({ label: name, colour: tint, values: one.groups[0][name] }))
        : one.groups.map(group => ({ label: `${label(group)} p99`, colour: colour(label(group)), values: group.p99 }));
      first.update({ unit: one.unit, data: answer, lines });
      second.update({ unit: '/s', data: answer, lines: rateLines });
    } else first.update({ unit: rateUnit, data: answer, lines: rateLines });
    const columns = isHistogram ? [['per second', 'values', '/s'], ['mean', 'mean', one.unit], ...Percentiles.map(([name]) => [name, name, one.unit])] : [[isRate ? 'per second' : 'now', 'values', rateUnit]];
    replace(table, h('thead', {}, h('tr', {}, h('th', {}, query().get('by') ?? ''), columns.map(([name]) => h('th', {}, name)))),
      h('tbody', {}, one.groups.map(group => h('tr', {}, h('td', {}, group.label || (query().get('by') ? '(none)' : 'all')), columns.map(([, key, unit]) => h('td.mono', {}, format.unit(latest(group[key]), unit)))))));
  }

  function togglePause() {
    paused = !paused;
    pause.setAttribute('aria-pressed', String(paused));
    if (!paused) data.now();
  }

  const list = follow(['meters'], 3000, async () => {
    all = await get('/api/meters');
    if (!instrument() && all.length) setQuery({ m: (all.find(one => !one.meter.startsWith('System.') && !one.meter.startsWith('Microsoft.')) ?? all[0]).name });
    renderTree();
    data.now();
  });
  const data = follow(['meters'], 1000, async () => {
    const chosen = query().get('m');
    if (paused || !chosen) return;
    const answer = await get(`/api/meters/data?${new URLSearchParams({ q: `${chosen},${query().get('by') ?? ''}`, minutes: minutesOf(), resource: query().get('resource') ?? '' })}`);
    if (chosen === query().get('m')) render(answer);
  });

  return {
    stop: () => { list.stop(); data.stop(); },
    key: key => {
      if (key === 'j' || key === 'k') {
        const ones = visible();
        const next = ones[Math.max(0, Math.min(ones.length - 1, ones.indexOf(instrument()) + (key === 'j' ? 1 : -1)))];
        if (next) { choose(next.name); tree.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' }); }
      } else if (key === 'p') togglePause();
      else return false;
      return true;
    },
  };
}
