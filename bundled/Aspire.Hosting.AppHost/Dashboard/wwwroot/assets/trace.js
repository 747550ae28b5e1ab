// One trace as a waterfall, and what each span says.
import { colour, copy, format, h, query, replace, setQuery } from './dom.js';
import { follow, get } from './live.js';
import { attributes } from './logs.js';

const Kinds = ['', 'internal', 'server', 'client', 'producer', 'consumer'];

export function mount(root, id, go) {
  let [spans, whole] = [[], undefined];
  const folded = new Set();
  const head = h('div.tools');
  const chart = h('div.waterfall');
  const side = h('aside.side', { hidden: true, 'aria-label': 'Details' });
  root.append(head, h('div.split', {}, h('div.sheet', { tabindex: 0, 'data-focus': 'rows' }, chart), side));

  function render() {
    const visible = flatten();
    const chosen = query().get('span');
    replace(head, h('a', { href: '/traces' }, '← Traces'), h('h1', {}, whole.name),
      h('span.quiet', {}, `${format.date(whole.time)} · ${format.duration(whole.duration)} · ${whole.spans} spans`), whole.errors > 0 && h('span.tag.bad', {}, `${whole.errors} failed`),
      h('a', { href: `/logs?trace=${id}` }, `${whole.logs} log record${whole.logs === 1 ? '' : 's'}`), h('button', { onclick: () => copy(id) }, 'Copy id'));
    replace(chart, h('div.head.span-name', { style: { paddingLeft: '10px' } }, 'Span'), h('div.head.ticks', {}, [0, 1, 2, 3].map(i => h('span', { style: { left: `${i * 25}%` } }, format.duration(whole.duration * i / 4)))),
      visible.flatMap(({ span, depth }) => cells(span, depth, span.id === chosen)));
    const span = spans.find(s => s.id === chosen);
    side.hidden = !span;
    if (span) replace(side, details(span));
  }

  // A span whose parent never arrived stands at the top, so that nothing is lost from sight.
  function flatten() {
    const known = new Set(spans.map(span => span.id));
    const children = Map.groupBy(spans, span => known.has(span.parent) && span.parent !== span.id ? span.parent : undefined);
    const list = [];
    const visit = (parent, depth) => (children.get(parent) ?? []).forEach(span => {
      list.push({ span, depth });
      span.children = children.get(span.id)?.length ?? 0;
      if (!folded.has(span.id) && depth < 100) visit(span.id, depth + 1);
    });
    visit(undefined, 0);
    return list;
  }

  function cells(span, depth, isChosen) {
    const left = 100 * (span.start - whole.time) / (whole.duration || 1);
    const width = 100 * span.duration / (whole.duration || 1);
    const choose = () => { setQuery({ span: isChosen ? '' : span.id }); render(); };
    const fold = event => { event.stopPropagation(); if (!folded.delete(span.id)) folded.add(span.id); render(); };
    const chosen = isChosen ? '.chosen' : '';
    return [
      h(`div.span-name${chosen}`, { style: { paddingLeft: `${6 + depth * 14}px` }, onclick: choose, title: `${span.service}: ${span.name}` },
        span.children ? h('button.fold', { 'aria-label': 'Fold', 'data-focus': `fold/${span.id}`, onclick: fold }, folded.has(span.id) ? '▸' : '▾') : h('span', { style: { width: '18px', flex: 'none' } }),
        h('span.dot', { style: { background: span.error ? 'var(--bad)' : colour(span.service) } }), h(`span.text${span.error ? '.bad' : ''}`, {}, span.name, h('span.quiet', {}, `  ${span.service}`))),
      h(`div.track${span.error ? '.error' : ''}${chosen}`, { onclick: choose, who: colour(span.service) },
        h('b', { style: { left: `${left}%`, width: `${width}%` } }),
        h('em', { style: left + width > 80 ? { right: `${100 - left}%` } : { left: `${left + width}%` } }, format.duration(span.duration))),
    ];
  }

  function details(span) {
    const facts = [['Resource', span.resource], ['Source', span.scope], ['Kind', Kinds[span.kind]], ['Begins', `+${format.duration(span.start - whole.time)}`], ['Lasts', format.duration(span.duration)], ['Status', span.error ? `Error ${span.status}` : ''], ['Span', span.id]];
    return [
      h('header', {}, h('h2', {}, span.name), h('button.icon-button', { title: 'Close (Esc)', 'aria-label': 'Close details', onclick: () => { setQuery({ span: '' }); render(); } }, '✕')),
      h('div.kv', {}, facts.filter(([, value]) => value).flatMap(([name, value]) => [h('span', {}, name), h('span', {}, value)])),
      span.attributes.length > 0 && [h('h3', {}, 'Attributes'), attributes(span.attributes)],
      span.events.length > 0 && [h('h3', {}, 'Events'), span.events.map(event => [h('p', {}, h('b', {}, event.name), h('span.quiet', {}, ` +${format.duration(event.time - span.start)}`)),
        attributes(event.attributes.filter(a => a.key !== 'exception.stacktrace')), event.attributes.filter(a => a.key === 'exception.stacktrace').map(a => h('pre', {}, a.value))])],
      span.links.length > 0 && [h('h3', {}, 'Links'), span.links.map(link => h('p', {}, h('a.mono', { href: `/traces/${link.trace}?span=${link.span}` }, `${link.trace.slice(0, 7)} / ${link.span}`), attributes(link.attributes)))],
    ];
  }

  const handle = follow(['traces'], 1500, async () => {
    let answer;
    try { answer = await get(`/api/traces/${id}`); } catch {
      return replace(head, h('a', { href: '/traces' }, '← Traces'), h('span.quiet', {}, 'This trace is not, or no longer, kept. Its spans arrive about a second after they end.'));
    }
    if (whole && answer.spans.length === spans.length && answer.logs === whole.logs) return undefined;
    [spans, whole] = [answer.spans, { ...answer.trace, logs: answer.logs }];
    return render();
  });

  function step(by) {
    const visible = flatten();
    const index = visible.findIndex(({ span }) => span.id === query().get('span'));
    const next = visible[Math.max(0, Math.min(visible.length - 1, index + by))];
    if (next) { setQuery({ span: next.span.id }); render(); }
  }

  return {
    stop: () => handle.stop(),
    key: key => {
      if (key === 'j' || key === 'k') step(key === 'j' ? 1 : -1);
      else if (key === 'Escape' && query().get('span')) { setQuery({ span: '' }); render(); }
      else if (key === 'Escape') go('/traces');
      else return false;
      return true;
    },
  };
}
