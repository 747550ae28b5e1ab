import { dialog, el } from './dom.js';
import { setUsesKeys, usesKeys } from './store.js';

const keys = [
  ['j', 'Next message'], ['k', 'Previous message'], ['Enter', 'Open the message'], ['Esc', 'Back to the list'],
  ['c', 'Copy the address'], ['?', 'This page'],
];

export function showHelp() {
  dialog('Keys',
    el('dl', { class: 'keys' }, keys.map(([key, does]) => el('div', null, el('dt', null, el('kbd', null, key)), el('dd', null, does)))),
    el('label', { class: 'check' },
      el('input', { type: 'checkbox', checked: usesKeys(), on: { change: e => setUsesKeys(e.target.checked) } }), 'Use these keys'),
    el('p', { class: 'note' }, 'Scripts wait for mail with the API: ', el('a', { href: '/docs' }, 'how to'), '.'));
}
