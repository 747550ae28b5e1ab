// A product at a glance: tiles and charts as glances.js defines them; what is not measured is not shown.
import { chart, latest } from './chart.js';
import { colour, format, h, replace } from './dom.js';
import { follow, get } from './live.js';
import { minutesOf, Percentiles, windows } from './meters.js';

const Accepted = 'var(--good)';
const Accent = 'var(--accent)';

export function mount(root, glance) {
  let paused = false;
  const tiles = h('div.tiles');
  const pause = h('button', { 'aria-pressed': 'false', title: 'p', onclick: () => togglePause() }, 'Pause');
  const cards = glance.charts.map(definition => ({ definition, chart: chart(150), table: h('table'), element: undefined }));
  for (const card of cards) {
    card.element = h('section.card', { hidden: true }, h('h2', {}, card.definition.title, h('small', {}, card.definition.note)), isTable(card.definition) ? card.table : card.chart);
  }
  root.append(h('div.tools', {}, h('h1', {}, glance.title), windows(() => handle.now()), pause), h('div.board', { tabindex: 0 }, tiles, h('div.cards', {}, cards.map(card => card.element))));

  // Each instrument and split is asked for once, however many tiles and charts show it.
  const queries = [...new Set([...glance.tiles.flatMap(t => [t.q, t.of]), ...glance.charts.flatMap(c => c.facts ? c.facts.map(f => f.q) : c.q)].filter(Boolean))];

  function render(answer) {
    const charts = new Map(queries.map((q, i) => [q, answer.charts[i]]));
    replace(tiles, glance.tiles.map(tile => renderTile(tile, charts)).filter(Boolean));
    for (const card of cards) {
      const data = card.definition.facts?.some(fact => charts.get(fact.q)) || charts.get(card.definition.q);
      card.element.hidden = !data;
      if (data && card.definition.facts) renderFacts(card.table, card.definition.facts, charts);
      else if (data && card.definition.stat === 'table') renderTable(card.table, data);
      else if (data) card.chart.update({ data: answer, unit: unitOf(card.definition, data), lines: lines(card.definition, data) });
    }
  }

  function renderTile(tile, charts) {
    const data = charts.get(tile.q);
    if (!data) return undefined;
    const groups = data.groups.filter(group => !tile.groups || tile.groups(group.label));
    const value = tile.stat === 'rate' || tile.stat === 'last' ? sum(groups.map(group => tile.stat === 'rate' ? recent(group.values) : latest(group.values))) ?? (tile.stat === 'rate' ? 0 : null) : latestOf(groups[0]?.[tile.stat]);
    const limit = tile.of && charts.get(tile.of) ? sum(charts.get(tile.of).groups.map(group => latest(group.values))) : undefined;
    const unit = tile.unit ?? data.unit;
    return h('div.tile', {}, h('small', {}, tile.label), h('b', {}, unit === '/s' ? [format.unit(value, ''), h('small', {}, '/s')] : format.unit(value, unit), limit ? h('small', {}, ` of ${format.number(limit)}`) : undefined));
  }

  function renderTable(table, data) {
    replace(table, h('tbody', {}, data.groups.map(group => h('tr', {}, h('td', {}, group.label || '–'), h('td.mono', {}, latest(group.values)?.toFixed(0) ?? '–')))));
  }

  function renderFacts(table, facts, charts) {
    const now = fact => charts.get(fact.q) && latest(charts.get(fact.q).groups[0].values);
    replace(table, h('tbody', {}, facts.map(fact => h('tr', {}, h('td', {}, fact.label), h('td.mono', {}, fact.words?.[now(fact)] ?? format.unit(now(fact), ''))))));
  }

  function togglePause() {
    paused = !paused;
    pause.setAttribute('aria-pressed', String(paused));
    if (!paused) handle.now();
  }

  const handle = follow(['meters'], 1000, async () => {
    if (paused) return;
    render(await get(`/api/meters/data?minutes=${minutesOf()}&${queries.map(q => `q=${encodeURIComponent(q)}`).join('&')}`));
  });
  return { stop: () => handle.stop(), key: key => key === 'p' && (togglePause(), true) };
}

function lines(definition, data) {
  if (definition.stat === 'percentiles') return Percentiles.map(([name, tint]) => ({ label: name, colour: tint, values: data.groups[0][name] }));
  if (definition.stat === 'mean') return data.groups.map(group => ({ label: 'mean', colour: Accent, values: group.mean, area: true }));
  return data.groups.map(group => {
    const label = group.label || definition.none || 'now';
    return { label, colour: label === 'accepted' ? Accepted : data.groups.length === 1 ? Accent : colour(label), values: group.values, area: data.groups.length <= 2 };
  });
}

const isTable = definition => definition.stat === 'table' || definition.facts;
const unitOf = (definition, data) => definition.stat === 'rate' ? '/s' : data.unit;
const sum = values => values.reduce((total, value) => value === null ? total : (total ?? 0) + value, null);
const latestOf = values => values?.findLast(value => value !== null) ?? null;

/** The mean of the last five steps: a rate that can be read while it moves. */
function recent(values) {
  const known = values.slice(-5).filter(value => value !== null);
  return known.length ? known.reduce((a, b) => a + b) / known.length : null;
}
