// Resources: what runs, how it does, and what it was given.
import { colour, copy, format, h, query, replace, s, setQuery, toast } from './dom.js';
import { follow, get, post } from './live.js';

const Commands = { start: ['▶', 'Start'], stop: ['■', 'Stop'], restart: ['↻', 'Restart'] };
const Busy = ['Starting', 'Stopping', 'Waiting', 'Building'];
const Failed = ['FailedToStart', 'RuntimeUnhealthy', 'Value missing'];

/** A resource's name as people say it: the suffix only where replicas must be told apart. */
export function nameOf(resource, all) {
  return all.filter(other => other.displayName === resource.displayName).length > 1 ? resource.name : resource.displayName;
}

export function tone(resource) {
  if (Failed.includes(resource.state) || (resource.exitCode ?? 0) !== 0) return 'bad';
  if (Busy.includes(resource.state)) return 'busy';
  if (resource.state !== 'Running' && resource.state !== 'Active') return '';
  return resource.health === 'Unhealthy' ? 'bad' : resource.health === 'Degraded' ? 'warn' : 'good';
}

/** Buttons for the commands that a resource offers now. */
export function commands(resource, withText) {
  return ['start', 'stop', 'restart'].filter(name => resource.commands.includes(name)).map(name => {
    const [icon, text] = Commands[name];
    return h('button', {
      title: `${text} ${resource.displayName}`, 'aria-label': `${text} ${resource.name}`, 'data-focus': `${resource.name}/${name === 'start' ? 'stop' : name}`,
      onclick: async event => {
        event.stopPropagation();
        event.currentTarget.disabled = true;
        try { await post(`/api/resources/${encodeURIComponent(resource.name)}/commands/${name}`); } catch (error) { toast(error.message); }
      },
    }, withText ? `${icon} ${text}` : icon);
  });
}

/** Children right after what they belong to. */
function underParents(list) {
  const children = Map.groupBy(list, resource => resource.parent);
  const known = new Set(list.map(resource => resource.displayName));
  const roots = list.filter(resource => !known.has(resource.parent));
  const last = new Map(roots.map(resource => [resource.displayName, resource]));
  return roots.flatMap(resource => [resource, ...(last.get(resource.displayName) === resource ? children.get(resource.displayName) ?? [] : [])]);
}

/** An eye, drawn: fonts often lack the sign. */
function eye() {
  return s('svg', { viewBox: '0 0 16 16', width: 14, height: 14, class: 'eye' }, s('path', { d: 'M1 8s2.6-4.5 7-4.5S15 8 15 8s-2.6 4.5-7 4.5S1 8 1 8Z' }), s('circle', { cx: 8, cy: 8, r: 2 }));
}

export function mount(root, _, go) {
  let all = [];
  const revealed = new Map();
  const body = h('tbody');
  const side = h('aside.side', { hidden: true, 'aria-label': 'Details' });
  const count = h('span.quiet');
  const search = h('input', { type: 'search', placeholder: 'Filter   /', value: query().get('q') ?? '', 'aria-label': 'Filter resources', oninput: () => { setQuery({ q: search.value }); render(); } });
  root.append(h('div.tools', {}, h('h1', {}, 'Resources'), search, count),
    h('div.split', {}, h('div.sheet', {}, h('table', {},
      h('thead', {}, h('tr', {}, ['Name', 'State', 'Started', 'Runs', 'Endpoints', ''].map(text => h('th', {}, text)))), body)), side));

  const visible = () => all.filter(r => `${r.name} ${r.type} ${r.state} ${r.health ?? ''}`.toLowerCase().includes(search.value.toLowerCase()));
  const choose = name => { setQuery({ resource: name }); render(); };

  function render() {
    const chosen = all.find(r => r.name === query().get('resource'));
    replace(body, visible().map(resource => row(resource, resource === chosen)));
    count.textContent = `${all.length} resources, ${all.filter(r => tone(r) === 'good').length} running well`;
    side.hidden = !chosen;
    if (chosen) replace(side, details(chosen));
  }

  function row(resource, isChosen) {
    const name = nameOf(resource, all);
    return h(`tr${isChosen ? '.chosen' : ''}`, { 'data-key': resource.name, onclick: event => { if (!event.target.closest('a, button')) choose(isChosen ? '' : resource.name); } },
      h('td', {}, h(`a${resource.parent ? '.child' : ''}`, { href: `/resources?resource=${encodeURIComponent(resource.name)}`, 'data-focus': resource.name, onclick: event => { event.preventDefault(); event.stopPropagation(); choose(resource.name); } },
        h('b', {}, resource.displayName), name !== resource.displayName && h('span.suffix', {}, name.slice(resource.displayName.length))),
      resource.errors > 0 && [' ', h('a.tag.bad', { href: `/logs?resource=${encodeURIComponent(resource.name)}&severity=17`, title: 'Errors in its logs' }, `${resource.errors} error${resource.errors > 1 ? 's' : ''}`)]),
      h('td', {}, state(resource)),
      h('td.nowrap.quiet', { title: resource.startedAt && format.date(resource.startedAt) }, resource.startedAt ? format.ago(Date.parse(resource.startedAt)) : '–'),
      h('td.quiet', {}, resource.version ?? shortSource(resource)),
      h('td', {}, endpoints(resource)),
      h('td.actions', {}, commands(resource)));
  }

  function state(resource) {
    const health = resource.state === 'Running' && resource.health && resource.health !== 'Healthy' ? ` (${resource.health})` : '';
    const exit = resource.exitCode !== null && resource.exitCode !== undefined ? ` (${resource.exitCode})` : '';
    const kind = tone(resource);
    return h('span.state', { title: resource.note }, h(`span.dot${kind ? `.${kind}` : ''}`), h(`span${kind === 'bad' ? '.bad' : ''}`, {}, resource.state + health + exit));
  }

  const shortSource = resource => resource.source ? resource.source.split('/').pop() : resource.type;

  function endpoints(resource) {
    return resource.endpoints.flatMap((endpoint, i) => [i > 0 && h('span.quiet', {}, ', '), link(endpoint)]);
  }

  const link = endpoint => endpoint.url.startsWith('http')
    ? h('a', { href: endpoint.url, target: '_blank', rel: 'noreferrer' }, endpoint.url.replace(/^https?:\/\//, ''))
    : h('span.mono', { title: `${endpoint.name}: ${endpoint.url}` }, endpoint.url.replace(/^\w+:\/\//, ''));

  function details(resource) {
    const q = encodeURIComponent(resource.name);
    const facts = [['State', state(resource)], ['Note', resource.note], ['Type', resource.type], ['Version', resource.version], ['Runs', resource.source], ['Process', resource.processId],
      ['Started', resource.startedAt && format.date(resource.startedAt)], ['Stopped', resource.stoppedAt && format.date(resource.stoppedAt)], ['Refers to', resource.references.join(', ')]];
    return [
      h('header', {}, h('h2', {}, resource.name), h('button.icon-button', { title: 'Close (Esc)', 'aria-label': 'Close details', 'data-focus': 'close', onclick: () => choose('') }, '✕')),
      h('p', {}, h('a', { href: `/console/${q}` }, 'Console'), ' · ', h('a', { href: `/logs?resource=${q}` }, 'Logs'), ' · ', h('a', { href: `/traces?resource=${q}` }, 'Traces'), ' · ', h('a', { href: `/meters?resource=${q}` }, 'Meters')),
      h('div.buttons', {}, commands(resource, true)),
      h('h3', {}, 'Resource'), h('div.kv', {}, facts.filter(([, value]) => value).flatMap(([name, value]) => [h('span', {}, name), h('span', {}, value)])),
      resource.endpoints.length > 0 && [h('h3', {}, 'Endpoints'), h('div.kv', {}, resource.endpoints.flatMap(e => [h('span', {}, e.name), h('span', {}, link({ ...e, name: e.url })) ]))],
      resource.healthChecks.length > 0 && [h('h3', {}, 'Health checks'), resource.healthChecks.map(check)],
      resource.environment.length > 0 && [h('h3', {}, `Environment (${resource.environment.length})`), resource.environment.map(name => variable(resource, name))],
    ];
  }

  const check = c => h('p', {}, h('span.state', {}, h(`span.dot.${c.status === 'Healthy' ? 'good' : c.status === 'Unhealthy' ? 'bad' : 'warn'}`), h('b', {}, c.status ?? 'Not run yet')),
    ' ', h('span.mono', {}, c.key), c.lastRunAt && h('span.quiet', {}, ` · ${format.ago(Date.parse(c.lastRunAt))} ago`), c.description && h('span.bad', { style: { display: 'block' } }, c.description));

  // A value comes from the AppHost only when somebody asks for it.
  function variable(resource, name) {
    const key = `${resource.name}/${name}`;
    const load = () => get(`/api/resources/${encodeURIComponent(resource.name)}/environment/${encodeURIComponent(name)}`);
    const toggle = async () => { if (!revealed.delete(key)) revealed.set(key, await load()); render(); };
    return h('div.variable', {}, h('span.mono', {}, name),
      h('button', { 'aria-label': `Show ${name}`, 'aria-pressed': String(revealed.has(key)), 'data-focus': `show/${name}`, onclick: toggle }, eye()),
      h('button', { 'aria-label': `Copy ${name}`, 'data-focus': `copy/${name}`, onclick: async () => copy(await load()) }, 'Copy'),
      h('span.mono.value', {}, revealed.get(key) ?? '●●●●●●●●'));
  }

  function step(by) {
    const rows = visible();
    const index = rows.findIndex(r => r.name === query().get('resource'));
    const next = rows[Math.max(0, Math.min(rows.length - 1, index + by))];
    if (next) choose(next.name);
  }

  const handle = follow(['resources', 'logs'], 400, async () => {
    all = underParents(await get('/api/resources'));
    all.forEach(resource => colour(resource.name));
    render();
  });
  const clock = setInterval(render, 10_000);
  return {
    stop: () => { handle.stop(); clearInterval(clock); },
    key: key => {
      if (key === 'j' || key === 'k') step(key === 'j' ? 1 : -1);
      else if (key === 'Enter' && query().get('resource')) go(`/console/${encodeURIComponent(query().get('resource'))}`);
      else if (key === 'Escape') choose('');
      else return false;
      return true;
    },
  };
}
