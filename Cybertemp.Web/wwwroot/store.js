/** What this browser remembers; a browser that forbids it remembers nothing and works all the same. */
const maxRecent = 12;

function read(storage, key, otherwise) {
  try {
    return JSON.parse(storage.getItem(`cybertemp.${key}`)) ?? otherwise;
  } catch {
    return otherwise;
  }
}

function write(storage, key, value) {
  try {
    if (value === null) storage.removeItem(`cybertemp.${key}`);
    else storage.setItem(`cybertemp.${key}`, JSON.stringify(value));
  } catch {
    /* Full or forbidden: not remembered. */
  }
}

const strings = list => (Array.isArray(list) ? list.filter(a => typeof a === 'string' && a.includes('@')) : []);

export const recent = () => strings(read(localStorage, 'recent', []));

export const remember = address =>
  write(localStorage, 'recent', [address, ...recent().filter(a => a !== address)].slice(0, maxRecent));

export const forget = address => write(localStorage, 'recent', recent().filter(a => a !== address));

export const notifies = () => read(localStorage, 'notify', false) === true;

export const setNotifies = on => write(localStorage, 'notify', on);

/** Keys of one letter get in the way of some who speak to their computer. */
export const usesKeys = () => read(localStorage, 'keys', true) !== false;

export const setUsesKeys = on => write(localStorage, 'keys', on);

/** Credentials live as long as the tab: of an address, or of the operator ("*"). */
export const token = whose => read(sessionStorage, `token.${whose}`, null);

export const setToken = (whose, value) => write(sessionStorage, `token.${whose}`, value);
