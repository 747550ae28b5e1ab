import { domains, json, randomAddress } from './api.js';
import { button, copy, dialog, el, icon, toast } from './dom.js';
import { forget, recent, setToken } from './store.js';

const openNote = 'Whoever knows the address can read its mail, so use it for nothing that matters.';

/** The address where it is always in sight, with what can be done with it. */
export function drawBar(box, address, open) {
  const at = address.lastIndexOf('@');
  box.replaceChildren(
    el('button', { type: 'button', class: 'address-text', title: 'Copy the address', on: { click: e => copyAddress(address, e.currentTarget) } },
      el('span', { class: 'local' }, address.slice(0, at)), el('span', { class: 'domain' }, address.slice(at)), icon('copy')),
    button('qr', 'Show as QR code', () => showQr(address)),
    button('edit', 'Choose another address', () => showChange(address, open)),
    button('new', 'New random address', () => openRandom(open)));
}

/** The same, large, while there is no mail yet. */
export function drawHero(box, address, open) {
  const at = address.lastIndexOf('@');
  box.replaceChildren(
    el('p', { class: 'eyebrow' }, 'Your temporary address'),
    el('h1', { class: 'hero-address', tabindex: '-1' }, el('span', null, address.slice(0, at)), el('wbr'), el('span', { class: 'domain' }, address.slice(at))),
    el('div', { class: 'hero-actions' },
      button('copy', 'Copy the address', e => copyAddress(address, e.currentTarget), { kind: 'primary big', text: 'Copy address' }),
      button('new', 'New random address', () => openRandom(open), { kind: 'plain big', text: 'New' }),
      button('edit', 'Choose another address', () => showChange(address, open), { kind: 'plain big', text: 'Choose' }),
      button('qr', 'Show as QR code', () => showQr(address), { kind: 'plain big', text: 'QR' })),
    el('div', { class: 'waiting' }, el('span', { class: 'pulse', 'aria-hidden': 'true' }), el('p', null, 'Waiting for mail. It appears here the moment it is received.')),
    el('p', { class: 'note' }, openNote));
}

export const copyAddress = (address, from) => copy(address, 'the address', from);

export async function openRandom(open) {
  try {
    open(await randomAddress());
  } catch (problem) {
    toast(problem.message);
  }
}

async function showQr(address) {
  const { encode, path } = await import('./qr.js');
  const link = `${location.origin}/inbox/${encodeURIComponent(address).replace('%40', '@')}`;
  const modules = encode(link);
  const box = dialog('Open on a phone', el('div', { class: 'qr' }), el('p', { class: 'muted' }, 'Opens this inbox.'), el('p', { class: 'mono' }, address));
  if (!modules) {
    box.querySelector('.qr').replaceChildren(el('p', null, 'The address is too long for a QR code.'));
    return;
  }
  const { d, width } = path(modules);
  const ns = 'http://www.w3.org/2000/svg';
  const svg = document.createElementNS(ns, 'svg');
  const dark = document.createElementNS(ns, 'path');
  svg.setAttribute('viewBox', `0 0 ${width} ${width}`);
  svg.setAttribute('role', 'img');
  svg.setAttribute('aria-label', `QR code of ${link}`);
  dark.setAttribute('d', d);
  svg.append(dark);
  box.querySelector('.qr').append(svg);
}

/** Own name, domain menu, and the addresses of before. */
export function showChange(address, open) {
  const name = el('input', { id: 'own-name', name: 'name', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', maxlength: 64, required: true, placeholder: 'name' });
  const domain = el('select', { id: 'own-domain', 'aria-label': 'Domain' });
  const label = el('input', { id: 'own-label', 'aria-label': 'Subdomain', autocomplete: 'off', autocapitalize: 'none', spellcheck: 'false', maxlength: 63, value: 'mail', hidden: true, pattern: '[A-Za-z0-9]([A-Za-z0-9\\-]*[A-Za-z0-9])?' });
  const error = el('p', { class: 'error', role: 'alert' });
  const at = address.lastIndexOf('@');
  name.value = address.slice(0, Math.max(0, at));
  domain.addEventListener('change', () => { label.hidden = !domain.value.startsWith('*.'); });
  const choose = event => {
    event.preventDefault();
    const picked = event.target.elements['own-domain'].value.trim();
    const chosen = picked.startsWith('*.') ? `${label.value.trim()}${picked.slice(1)}` : picked;
    if (!name.value.trim() || !chosen) return;
    box.close();
    open(`${name.value.trim()}@${chosen}`.toLowerCase());
  };
  const box = dialog('Choose an address',
    el('form', { class: 'choose', on: { submit: choose } },
      el('label', { for: 'own-name' }, 'Name'),
      el('div', { class: 'choose-row' }, name, el('span', { 'aria-hidden': 'true' }, '@'), label, domain),
      error,
      el('div', { class: 'sheet-actions' }, el('button', { class: 'button primary' }, 'Open inbox'))),
    el('p', { class: 'note' }, openNote), recents(address, a => { box.close(); open(a); }));
  name.select();
  fillDomains(domain, at < 0 ? '' : address.slice(at + 1), error).then(() => domain.dispatchEvent(new Event('change')));
}

/** The menu; where the server does not know which domains there are, the reader types one. */
async function fillDomains(select, current, error) {
  const names = await domains().then(list => list.map(d => (d.wildcard ? `*.${d.domain}` : d.domain)), problem => {
    error.textContent = problem.status === 503 ? '' : problem.message;
    return [];
  });
  if (!names.length) {
    select.replaceWith(el('input', { id: select.id, 'aria-label': 'Domain', value: current, required: true, autocapitalize: 'none', spellcheck: 'false', placeholder: 'example.com' }));
    return;
  }
  const isListed = names.includes(current) || !current;
  select.replaceChildren(...(isListed ? names : [current, ...names]).map(n => el('option', { value: n, selected: n === current }, n)));
}

function recents(current, open) {
  const others = recent().filter(a => a !== current);
  const list = el('ul', { class: 'recents' }, others.map(a => el('li', null,
    button(null, `Open ${a}`, () => open(a), { kind: 'link', text: a }),
    button('close', `Forget ${a}`, e => { forget(a); e.currentTarget.closest('li').remove(); }))));
  return others.length > 0 && el('section', { 'aria-label': 'Recent addresses' }, el('h3', null, 'Recent'), list);
}

/** For a private address its password, for all mail the operator's key; neither is kept longer than the tab. */
export function showSignIn(address, { openAddress, openAll }) {
  const fail = (form, problem) => { form.querySelector('.error').textContent = problem.status === 401 ? 'That is not right.' : problem.message; };
  const asOwner = async event => {
    event.preventDefault();
    const [mail, password] = [event.target.elements.address.value.trim(), event.target.elements.password.value];
    try {
      const session = await json('/v1/sessions', { method: 'POST', body: { address: mail, password }, whose: '' });
      setToken(mail.toLowerCase(), session.token);
      box.close();
      openAddress(mail.toLowerCase());
    } catch (problem) {
      fail(event.target, problem);
    }
  };
  const asOperator = async event => {
    event.preventDefault();
    setToken('*', event.target.elements.key.value.trim());
    try {
      await json('/v1/messages?limit=1');
      box.close();
      openAll();
    } catch (problem) {
      setToken('*', null);
      fail(event.target, problem);
    }
  };
  const box = dialog('Sign in',
    signInForm('A private address', asOwner, 'Its mail is kept, and shown to whoever knows the password.',
      ['address', 'Address', 'email', address, 'username'], ['password', 'Password', 'password', '', 'current-password']),
    signInForm('All mail', asOperator, 'For operators of this server.', ['key', 'Operator key', 'password', '', 'off']));
}

function signInForm(title, submit, note, ...fields) {
  return el('form', { class: 'sign-in', on: { submit } }, el('h3', null, title), el('p', { class: 'muted' }, note),
    fields.map(([name, label, type, value, autocomplete]) => el('label', null, el('span', null, label),
      el('input', { name, type, value, autocomplete, required: true }))),
    el('p', { class: 'error', role: 'alert' }), el('div', { class: 'sheet-actions' }, el('button', { class: 'button plain' }, 'Sign in')));
}
