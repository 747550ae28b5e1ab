// Logs: structured records, newest at the end, and what each of them says.
import { colour, debounce, format, h, query, replace, setQuery } from './dom.js';
import { follow, get, post } from './live.js';
import { Rows } from './rows.js';

const MaxRows = 10_000;
const RowHeight = 27;
export const Levels = [['Trace', 1], ['Debug', 5], ['Information', 9], ['Warning', 13], ['Error', 17], ['Critical', 21]];

export const levelOf = severity => Levels.findLast(([, from]) => severity >= from)?.[0] ?? '–';

export const attributes = list => h('div.kv', {}, list.flatMap(({ key, value }) => [h('span', { title: key }, key), h('span.mono', {}, value)]));

export function mount(root, _, go) {
  let [after, chosen, paused, total] = [0, undefined, false, 0];
  const rows = new Rows(RowHeight, row, 'Log records');
  [rows.follows, rows.following] = [true, true];
  const side = h('aside.side', { hidden: true, 'aria-label': 'Details' });
  const count = h('span.quiet');
  const chip = h('span');
  const picker = h('select', { 'aria-label': 'Resource', onchange: () => refilter({ resource: picker.value }) });
  const level = h('select', { 'aria-label': 'Level', onchange: () => refilter({ severity: level.value }) }, h('option', { value: '' }, 'All levels'),
    Levels.slice(1).map(([name, from]) => h('option', { value: from, selected: query().get('severity') === String(from) }, from === 21 ? name : `${name} and above`)));
  const search = h('input', { type: 'search', placeholder: 'Message, category, attribute…   /', value: query().get('q') ?? '', 'aria-label': 'Search logs', oninput: debounce(() => refilter({ q: search.value })) });
  const pause = h('button', { 'aria-pressed': 'false', title: 'p', onclick: () => togglePause() }, 'Pause');
  root.append(h('div.tools', {}, h('h1', {}, 'Logs'), picker, level, search, chip, pause, h('button', { onclick: async () => { await post('/api/logs/clear'); refilter({}); } }, 'Clear'), h('span.grow'), count),
    h('div.split', {}, h('div.holder', {}, rows.scroller), side));
  rows.scroller.focus();
  showChip();

  function row(entry) {
    const name = levelOf(entry.severity);
    const tone = entry.severity >= 17 ? '.bad' : entry.severity >= 13 ? '.warn' : '.quiet';
    const element = h('div.row.pick', { onclick: event => { if (!event.target.closest('a')) choose(entry); } },
      h('span.mono.quiet', { style: { width: '88px' } }, format.time(entry.time)),
      h(`span.tag${tone}`, { style: { width: '80px' } }, name),
      h('span', { style: { width: '130px', color: colour(entry.service) }, title: entry.resource }, entry.service),
      h('span', { style: { flex: '1 1 0' }, title: entry.category }, entry.message.replaceAll('\n', ' ')),
      entry.traceId && h('a', { href: `/traces/${entry.traceId}?span=${entry.spanId}`, title: 'The trace that it is part of' }, entry.traceId.slice(0, 7)));
    element.classList.toggle('chosen', entry.id === chosen?.id);
    return element;
  }

  function showChip() {
    const trace = query().get('trace');
    replace(chip, trace ? [h('button', { 'aria-pressed': 'true', title: 'Show all', onclick: () => refilter({ trace: '' }) }, `trace ${trace.slice(0, 7)} ✕`)] : []);
  }

  function refilter(changes) {
    setQuery(changes);
    showChip();
    after = 0;
    rows.set([]);
    rows.toEnd();
    list.now();
  }

  async function choose(entry) {
    rows.made.get(chosen?.id)?.classList.remove('chosen');
    chosen = entry;
    setQuery({ log: entry?.id });
    side.hidden = !entry;
    if (!entry) return;
    rows.made.get(entry.id)?.classList.add('chosen');
    const { attributes: all } = await get(`/api/logs/${entry.id}`);
    const exception = all.find(a => a.key === 'exception.stacktrace')?.value;
    replace(side, h('header', {}, h('h2', {}, levelOf(entry.severity)), h('button.icon-button', { title: 'Close (Esc)', 'aria-label': 'Close details', onclick: () => choose() }, '✕')),
      h('pre', {}, entry.message), exception && [h('h3', {}, 'Exception'), h('pre', {}, exception)],
      all.length > 0 && [h('h3', {}, 'Attributes'), attributes(all.filter(a => a.key !== 'exception.stacktrace'))],
      h('h3', {}, 'Context'), h('div.kv', {}, [['Time', format.date(entry.time)], ['Resource', entry.resource], ['Category', entry.category]].flatMap(([k, v]) => [h('span', {}, k), h('span', {}, v)]),
        entry.traceId && [h('span', {}, 'Trace'), h('a.mono', { href: `/traces/${entry.traceId}?span=${entry.spanId}` }, entry.traceId), h('span', {}, 'Span'), h('span.mono', {}, entry.spanId)]));
  }

  function togglePause() {
    paused = !paused;
    pause.setAttribute('aria-pressed', String(paused));
    if (!paused) list.now();
  }

  const list = follow(['logs'], 300, async () => {
    if (paused) return;
    const q = query();
    const asked = new URLSearchParams({ after, resource: q.get('resource') ?? '', severity: q.get('severity') ?? '', text: q.get('q') ?? '', trace: q.get('trace') ?? '' }).toString();
    const from = after;
    const answer = await get(`/api/logs?${asked}`);
    if (from !== after || q.toString() !== query().toString()) return list.now();
    [after, total] = [answer.last, answer.total];
    rows.append(answer.rows, MaxRows);
    rows.items.sort((a, b) => a.time - b.time || a.id - b.id);
    count.textContent = `${rows.items.length} of ${total} records`;
    const asLog = Number(q.get('log'));
    if (asLog && !chosen) { const entry = rows.items.find(item => item.id === asLog); if (entry) { await choose(entry); rows.following = false; rows.reveal(rows.items.indexOf(entry)); } }
  });
  const resources = follow(['resources'], 2000, async () => {
    const all = await get('/api/resources');
    const names = [...new Set([...all.filter(r => r.type !== 'Parameter').flatMap(r => [r.displayName, r.name])])];
    if (document.activeElement !== picker) replace(picker, h('option', { value: '' }, 'All resources'), names.map(name => h('option', { value: name, selected: name === query().get('resource') }, name)));
  });

  return {
    stop: () => { list.stop(); resources.stop(); rows.stop(); },
    key: key => {
      const index = rows.items.indexOf(chosen);
      if (key === 'j' || key === 'k') {
        const next = chosen ? index + (key === 'j' ? 1 : -1) : rows.items.length - 1;
        if (rows.items[next]) { rows.following = false; choose(rows.items[next]); rows.reveal(next); }
      } else if (key === 'Enter' && chosen?.traceId) go(`/traces/${chosen.traceId}?span=${chosen.spanId}`);
      else if (key === 'Escape') choose();
      else if (key === 'p') togglePause();
      else return false;
      return true;
    },
  };
}
