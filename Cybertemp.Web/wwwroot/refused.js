import { json } from './api.js';
import { byId, el } from './dom.js';
import { moment } from './format.js';

export const refusedHref = search => `/refused${search ? `?q=${encodeURIComponent(search)}` : ''}`;

/** Why mail did not come: the last refusals of every receiver, for operators. */
export async function drawRefused(search, { go, fail }) {
  const field = el('input', { type: 'search', name: 'q', value: search, placeholder: 'Reference or address', 'aria-label': 'Search refused mail' });
  const form = el('form', { class: 'search', role: 'search', on: { submit: e => { e.preventDefault(); go(refusedHref(field.value.trim())); } } }, field);
  const found = el('div', { class: 'refusals' });
  byId('refused').replaceChildren(el('h1', null, 'Refused mail'),
    el('p', { class: 'muted' }, 'A bounce ends with a reference such as (7Q2M9XAK.3): it is found here for a day.'), form, found);
  try {
    const { refusals } = await json(`/v1/refusals${search ? `?q=${encodeURIComponent(search)}` : ''}`);
    found.replaceChildren(refusals.length ? el('ul', null, refusals.map(drawOne)) : el('p', null, search ? 'Nothing found' : 'Nothing was refused'));
  } catch (problem) {
    if (problem.status === 401 || problem.status === 403) fail(problem);
    else found.replaceChildren(el('p', { role: 'alert' }, `${problem.message}.`));
  }
}

function drawOne(refusal) {
  const { at, reference, receiver, client, helo, from, to, command, code, enhancedCode, reason, limit } = refusal;
  return el('li', { class: 'refusal' },
    el('p', null, el('strong', null, `${code} ${enhancedCode ?? ''} ${reason.replaceAll('_', ' ')}`), limit && el('span', { class: 'muted' }, ` ${limit}`)),
    el('p', { class: 'mono' }, `${from || '<>'} → ${to || '(no recipient)'}`),
    el('p', { class: 'muted' }, `${command} from ${client}${helo && ` (${helo})`} at ${receiver}, `,
      el('time', { datetime: at }, moment(new Date(at))), ', ', el('span', { class: 'mono' }, reference)));
}
