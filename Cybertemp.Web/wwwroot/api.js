import { token } from './store.js';

/** An answer that is none: the status and what the problem (RFC 9457) says; status 0 when nobody answered. */
export class Problem extends Error {
  constructor(status, title, retryAfter) {
    super(title);
    this.status = status;
    this.retryAfter = retryAfter;
  }
}

const timeout = 20_000;

/** The credential for what is read: of that inbox, or the operator's for all. */
export function authorization(whose) {
  const secret = token(whose) ?? token('*');
  return secret ? { authorization: `Bearer ${secret}` } : {};
}

/** The response when it is good; else throws a Problem. */
export async function call(path, { method = 'GET', body, whose = '*', signal, keepalive } = {}) {
  const headers = { ...authorization(whose), ...(body && { 'content-type': 'application/json' }) };
  const ends = AbortSignal.any([AbortSignal.timeout(timeout), ...(signal ? [signal] : [])]);
  let response;
  try {
    response = await fetch(path, { method, headers, body: body && JSON.stringify(body), signal: ends, keepalive, cache: 'no-cache' });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, navigator.onLine ? 'The server does not answer' : 'You are offline');
  }
  if (response.ok) return response;
  const problem = await response.json().catch(() => ({}));
  throw new Problem(response.status, problem.title ?? `The server answered ${response.status}`, Number(response.headers.get('retry-after')) || 0);
}

export const json = async (path, options) => (await call(path, options)).json();

export const domains = () => json('/v1/domains');

export const randomAddress = async domain =>
  (await json('/v1/inboxes', { method: 'POST', body: domain ? { domain } : {} })).address;

const enc = encodeURIComponent;

/** Where the mail of one address comes from. */
export const inboxSource = address => ({
  whose: address,
  list: query => `/v1/inboxes/${enc(address)}/messages?${query}`,
  events: `/v1/inboxes/${enc(address)}/events`,
  href: id => `/inbox/${enc(address).replace('%40', '@')}${id ? `/${id}` : ''}`,
});

/** All mail, for operators; with a query what is found, which has no live events. */
export const allSource = search => ({
  whose: '*',
  showsInbox: true,
  isById: true,
  list: query => (search ? `/v1/search?q=${enc(search)}&${query}` : `/v1/messages?${query}`),
  events: search ? null : '/v1/events',
  href: id => `/all${id ? `/${id}` : ''}${search ? `?q=${enc(search)}` : ''}`,
});
