// Traces: the list; one trace is in trace.js.
import { colour, debounce, format, h, query, replace, setQuery } from './dom.js';
import { follow, get, post } from './live.js';
import { Rows } from './rows.js';
import * as trace from './trace.js';

const RowHeight = 30;

export function mount(root, argument, go) {
  return argument ? trace.mount(root, argument, go) : mountList(root, go);
}

function mountList(root, go) {
  let [chosen, paused] = [undefined, false];
  const rows = new Rows(RowHeight, row, 'Traces');
  const count = h('span.quiet');
  const picker = h('select', { 'aria-label': 'Resource', onchange: () => refilter({ resource: picker.value }) });
  const search = h('input', { type: 'search', placeholder: 'Span, attribute, trace id…   /', value: query().get('q') ?? '', 'aria-label': 'Search traces', oninput: debounce(() => refilter({ q: search.value })) });
  const slow = h('select', { 'aria-label': 'Duration', onchange: () => refilter({ min: slow.value }) }, [['', 'Any duration'], ['10', '≥ 10 ms'], ['100', '≥ 100 ms'], ['1000', '≥ 1 s']].map(([value, text]) => h('option', { value, selected: value === (query().get('min') ?? '') }, text)));
  const errors = h('button', { 'aria-pressed': String(query().get('errors') === '1'), onclick: () => { errors.setAttribute('aria-pressed', String(query().get('errors') !== '1')); refilter({ errors: query().get('errors') !== '1' }); } }, 'Errors only');
  const pause = h('button', { 'aria-pressed': 'false', title: 'p', onclick: () => togglePause() }, 'Pause');
  root.append(h('div.tools', {}, h('h1', {}, 'Traces'), picker, search, slow, errors, pause, h('button', { onclick: async () => { await post('/api/traces/clear'); list.now(); } }, 'Clear'), h('span.grow'), count),
    h('div.split', {}, h('div.holder', {}, rows.scroller)));
  rows.scroller.focus();

  function row(item) {
    const element = h('div.row.pick', { onclick: () => go(`/traces/${item.id}`) },
      h('span.mono.quiet', { style: { width: '88px' } }, format.time(item.time)),
      h('span', { style: { flex: '1 1 0' } }, h('span', { style: { color: colour(item.service) } }, item.service), '  ', h('b', {}, item.name), '  ', h('span.mono.quiet', {}, item.id.slice(0, 7)), item.detail && h('span.quiet', { title: item.detail }, `  ${item.detail.replaceAll(/\s+/g, ' ')}`)),
      h('span', {}, item.senders.map(sender => h(`span.tag${sender.errors ? '.bad' : ''}`, { title: sender.resource, style: { marginLeft: '4px', boxShadow: `inset 3px 0 ${colour(sender.service)}`, paddingLeft: '9px' } }, `${sender.service} ${sender.spans}${sender.errors ? ` · ${sender.errors} failed` : ''}`))),
      h('span.bar-cell', {}, h('b', { style: { width: `${Math.min(60, 1 + 14 * Math.log10(1 + item.duration))}%`, background: item.errors ? 'var(--bad)' : undefined } }), h('span', {}, format.duration(item.duration))));
    element.classList.toggle('chosen', item.id === chosen);
    return element;
  }

  function refilter(changes) {
    setQuery(changes);
    list.now();
  }

  function togglePause() {
    paused = !paused;
    pause.setAttribute('aria-pressed', String(paused));
    if (!paused) list.now();
  }

  const list = follow(['traces'], 800, async () => {
    if (paused) return;
    const q = query();
    const answer = await get(`/api/traces?${new URLSearchParams({ resource: q.get('resource') ?? '', text: q.get('q') ?? '', errors: q.get('errors') ?? '', min: q.get('min') ?? '' })}`);
    rows.set(answer.rows.map(item => ({ ...item, version: `${item.spans} ${item.errors} ${item.duration}` })));
    count.textContent = `${answer.rows.length} of ${answer.total} traces, newest first`;
  });
  const resources = follow(['resources'], 2000, async () => {
    const names = [...new Set((await get('/api/resources')).filter(r => r.type !== 'Parameter').flatMap(r => [r.displayName, r.name]))];
    if (document.activeElement !== picker) replace(picker, h('option', { value: '' }, 'All resources'), names.map(name => h('option', { value: name, selected: name === query().get('resource') }, name)));
  });

  return {
    stop: () => { list.stop(); resources.stop(); rows.stop(); },
    key: key => {
      if (key === 'j' || key === 'k') {
        const index = Math.max(0, Math.min(rows.items.length - 1, rows.items.findIndex(item => item.id === chosen) + (key === 'j' ? 1 : -1)));
        rows.made.get(chosen)?.classList.remove('chosen');
        chosen = rows.items[index]?.id;
        rows.reveal(index);
        rows.made.get(chosen)?.classList.add('chosen');
      } else if (key === 'Enter' && chosen) go(`/traces/${chosen}`);
      else if (key === 'p') togglePause();
      else return false;
      return true;
    },
  };
}
