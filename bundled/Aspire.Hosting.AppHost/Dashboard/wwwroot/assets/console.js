// Console: what resources write, as they write it.
import { plain, render as ansi } from './ansi.js';
import { colour, copy, debounce, format, h, query, replace, setQuery } from './dom.js';
import { follow, get, post } from './live.js';
import { commands, nameOf } from './resources.js';
import { Rows } from './rows.js';

const MaxLines = 60_000;
const RowHeight = 19;

export function mount(root, argument, go) {
  let [lines, after, all, paused] = [[], 0, [], false];
  const rows = new Rows(RowHeight, row, 'Console lines');
  [rows.follows, rows.following] = [true, true];
  rows.onrender = () => { highlight(); toEnd.hidden = rows.following; };
  rows.scroller.classList.add('console');
  rows.scroller.classList.toggle('times', query().get('times') === '1');

  const count = h('span.quiet');
  const actions = h('span');
  const picker = h('select', { 'aria-label': 'Resource', onchange: () => go(`/console${picker.value ? `/${encodeURIComponent(picker.value)}` : ''}${location.search}`) });
  const search = h('input', { type: 'search', placeholder: 'Lines with…   /', value: query().get('q') ?? '', 'aria-label': 'Search lines', oninput: debounce(() => { setQuery({ q: search.value }); refilter(); }) });
  const times = h('button', { 'aria-pressed': String(query().get('times') === '1'), onclick: () => toggleTimes() }, 'Times');
  const pause = h('button', { 'aria-pressed': 'false', title: 'p', onclick: () => togglePause() }, 'Pause');
  const toEnd = h('button.pill', { hidden: true, onclick: () => rows.toEnd() }, '↓ To the end');
  const download = argument ? `/api/console/download?resource=${encodeURIComponent(argument)}` : '/api/console/download';
  root.append(h('div.tools', {}, h('h1', {}, 'Console'), picker, actions, search, pause, times,
    h('button', { title: 'Copy all lines, without times', onclick: () => copy(rows.items.map(line => plain(line.text)).join('\n')) }, 'Copy'),
    h('a.button', { href: download, download: `${argument || 'console'}.log` }, 'Download'),
    h('button', { onclick: clear }, 'Clear'), h('span.grow'), count),
  h('div.split', {}, h('div.holder', {}, rows.scroller, toEnd)));
  rows.scroller.focus();

  const matches = line => !search.value || line.plain.includes(search.value.toLowerCase());

  function row(line) {
    return h(`div.row${line.isError ? '.err' : ''}`, {},
      h('i.time', { 'data-text': format.time(line.time) }),
      !argument && h('i.who', { 'data-text': label(line.resource), who: colour(line.resource), style: { width: `${widest() + 2}ch` } }),
      h('span', {}, ansi(line.text)));
  }

  const widest = () => Math.min(28, Math.max(7, ...all.map(resource => nameOf(resource, all).length)));

  function label(name) {
    const resource = all.find(r => r.name === name);
    return resource ? nameOf(resource, all) : name;
  }

  function refilter() {
    rows.set(lines.filter(matches));
    showCount();
  }

  function showCount() {
    count.textContent = paused ? 'Paused' : search.value ? `${rows.items.length} of ${lines.length} lines` : `${lines.length} lines`;
  }

  // Ranges are drawn by the browser over the text in sight; the rows themselves stay as they are.
  function highlight() {
    const wanted = search.value.toLowerCase();
    if (!CSS.highlights) return;
    const ranges = [];
    const walker = document.createTreeWalker(rows.canvas, NodeFilter.SHOW_TEXT);
    for (let node = wanted && walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.data.toLowerCase().indexOf(wanted);
      if (at >= 0) ranges.push(new StaticRange({ startContainer: node, startOffset: at, endContainer: node, endOffset: at + wanted.length }));
    }
    CSS.highlights.set('found', new Highlight(...ranges));
  }

  function toggleTimes() {
    const isOn = rows.scroller.classList.toggle('times');
    times.setAttribute('aria-pressed', String(isOn));
    setQuery({ times: isOn });
  }

  function togglePause() {
    paused = !paused;
    pause.setAttribute('aria-pressed', String(paused));
    showCount();
    if (!paused) tail.now();
  }

  async function clear() {
    await post(argument ? `/api/console/clear?resource=${encodeURIComponent(argument)}` : '/api/console/clear');
    lines = [];
    refilter();
  }

  function showResources() {
    const names = [...new Set([...all.map(resource => resource.name), ...lines.map(line => line.resource), ...(argument ? [argument] : [])])];
    replace(picker, h('option', { value: '' }, 'All resources'), names.map(name => h('option', { value: name, selected: name === argument }, label(name))));
    const resource = all.find(r => r.name === argument);
    replace(actions, resource ? commands(resource, true).flatMap(button => [button, ' ']) : []);
  }

  const tail = follow(['console'], 150, async () => {
    if (paused) return;
    const answer = await get(`/api/console?after=${after}${argument ? `&resource=${encodeURIComponent(argument)}` : ''}`);
    const fresh = answer.lines.map(([id, resource, time, isError, text]) => ({ id, resource, time, isError, text, plain: plain(text).toLowerCase() }));
    if (!fresh.length) return showCount();
    const known = new Set(lines.slice(-1).map(line => line.resource));
    after = fresh.at(-1).id;
    lines.push(...fresh);
    if (lines.length > MaxLines) lines.splice(0, lines.length - MaxLines);
    rows.append(fresh.filter(matches), MaxLines);
    showCount();
    if (fresh.some(line => !known.has(line.resource)) && document.activeElement !== picker) showResources();
  });
  const resources = follow(['resources'], 400, async () => {
    const names = all.map(resource => resource.name).join();
    all = await get('/api/resources');
    showResources();
    if (names !== all.map(resource => resource.name).join()) rows.redraw();
  });

  return {
    stop: () => { tail.stop(); resources.stop(); rows.stop(); CSS.highlights?.delete('found'); },
    key: key => {
      if (key === 'p') togglePause();
      else if (key === 'Escape' && search.value) { search.value = ''; setQuery({ q: '' }); refilter(); }
      else return false;
      return true;
    },
  };
}
