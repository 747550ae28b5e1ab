// The frame around the pages: which page the URL asks for, the keys, the theme.
import { h, replace } from './dom.js';
import { follow, get, start } from './live.js';
import * as resources from './resources.js';
import * as consolePage from './console.js';
import * as traces from './traces.js';
import * as logs from './logs.js';
import * as meters from './meters.js';
import * as glance from './glance.js';
import { glances } from './glances.js';

const pages = [
  { path: '/resources', title: 'Resources', key: 'r', module: resources },
  { path: '/console', title: 'Console', key: 'c', module: consolePage },
  { path: '/logs', title: 'Logs', key: 's', module: logs },
  { path: '/traces', title: 'Traces', key: 't', module: traces },
  { path: '/meters', title: 'Meters', key: 'm', module: meters },
];

const root = document.getElementById('page');
const help = document.getElementById('help');
let [current, app] = [undefined, { name: 'Dashboard' }];

function show() {
  current?.stop?.();
  const page = pages.find(p => location.pathname === p.path || location.pathname.startsWith(`${p.path}/`)) ?? pages[0];
  const argument = decodeURIComponent(location.pathname.slice(page.path.length + 1));
  document.title = `${page.title} · ${app.name}`;
  replace(root);
  renderNav(page);
  current = page.module.mount(root, argument, go);
}

/** Opens a page of the dashboard as a step in the history. */
function go(path) {
  history.pushState(null, '', path);
  show();
}

function renderNav(active) {
  replace(document.getElementById('nav'), pages.map(page =>
    h('a', { href: page.path, title: `${page.title} (${page.key})`, 'data-focus': page.path, 'aria-current': page === active ? 'page' : undefined }, page.title)));
}

function openHelp() {
  const keys = [...pages.map(page => [page.key, page.title]), ['/', 'Search'], ['j  k', 'Next and previous row'], ['Enter', 'Open the row'],
    ['Esc', 'Close details, leave the search'], ['p', 'Pause and go on'], ['d', 'Dark or light'], ['?', 'This help']];
  replace(help, h('h2', {}, 'Keys'), h('br'), h('div.kv', {}, keys.flatMap(([key, what]) => [h('span', {}, h('kbd', {}, key)), h('span', {}, what)])),
    h('br'), h('form', { method: 'dialog' }, h('button.primary', { autofocus: true }, 'Close')));
  help.showModal();
}

function toggleTheme() {
  const isDark = document.documentElement.dataset.theme ? document.documentElement.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = localStorage.theme = isDark ? 'light' : 'dark';
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || help.open) return;
  const isTyping = event.target.matches('input, select, textarea');
  if (event.key === 'Escape') {
    if (isTyping) event.target.blur();
    else current?.key?.('Escape');
    return;
  }
  if (isTyping) return;
  const page = pages.find(p => p.key === event.key);
  const isOnControl = event.target.matches('button, a, summary') && event.key === 'Enter';
  if (page) go(page.path);
  else if (event.key === '?') openHelp();
  else if (event.key === 'd') toggleTheme();
  else if (event.key === '/') root.querySelector('input[type=search]')?.focus();
  else if (isOnControl || !current?.key?.(event.key)) return;
  event.preventDefault();
}

function onClick(event) {
  const link = event.target.closest('a');
  if (!link || link.origin !== location.origin || link.target || event.ctrlKey || event.metaKey || event.shiftKey || link.hasAttribute('download')) return;
  event.preventDefault();
  go(link.pathname + link.search);
}

// A glance is offered once what it shows has been measured at all.
function offerGlances() {
  const waiting = new Set(glances);
  const handle = follow(['meters'], 3000, async () => {
    const names = (await get('/api/meters')).map(meter => meter.name);
    for (const one of [...waiting].filter(g => names.some(name => g.when.test(name)))) {
      waiting.delete(one);
      pages.push({ path: `/glance/${one.id}`, title: one.title, key: one.key, module: { mount: (r, _, g) => glance.mount(r, one, g) } });
      if (location.pathname === `/glance/${one.id}`) show();
      else renderNav(pages.find(page => location.pathname.startsWith(page.path)) ?? pages[0]);
    }
    if (!waiting.size) handle.stop();
  });
}

if (localStorage.theme) document.documentElement.dataset.theme = localStorage.theme;
document.getElementById('theme').addEventListener('click', toggleTheme);
document.getElementById('help-button').addEventListener('click', openHelp);
document.addEventListener('keydown', onKey);
document.addEventListener('click', onClick);
addEventListener('popstate', show);
app = await get('/api/app');
document.getElementById('app-name').textContent = app.name;
document.getElementById('packages').textContent = `packages: ${app.packages}`;
if (location.pathname === '/') history.replaceState(null, '', '/resources');
show();
start();
offerGlances();
