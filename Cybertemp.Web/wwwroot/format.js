const minute = 60_000, hour = 60 * minute, day = 24 * hour;

/** How long ago, as short as a list needs it. */
export function age(date, now = Date.now()) {
  const past = now - date;
  if (past < minute) return 'now';
  if (past < hour) return `${Math.floor(past / minute)} min`;
  if (past < day) return `${Math.floor(past / hour)} h`;
  if (past < 7 * day) return `${Math.floor(past / day)} d`;
  return date.toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
}

export const moment = date =>
  date.toLocaleString(undefined, { day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });

/** When mail will be gone: "Kept for 6 more days". */
export function expiry(date, now = Date.now()) {
  const left = date - now;
  if (left <= 0) return 'May be deleted at any time';
  if (left < hour) return `Deleted in ${Math.max(1, Math.round(left / minute))} min`;
  if (left < 2 * day) return `Deleted in ${Math.round(left / hour)} hours`;
  return `Deleted in ${Math.floor(left / day)} days`;
}

export function size(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['KB', 'MB', 'GB'];
  let unit = 0;
  for (bytes /= 1000; bytes >= 999.5 && unit < 2; bytes /= 1000) unit++;
  return `${bytes.toFixed(bytes < 10 ? 1 : 0)} ${units[unit]}`;
}

/** The host a link goes to, as the browser reads it; "" for what is no link of the web. */
export function host(link) {
  try {
    const url = new URL(link);
    return /^https?:$/.test(url.protocol) ? url.host : '';
  } catch {
    return '';
  }
}

export const sender = from => from.name || from.address || 'Unknown sender';

const links = /\bhttps?:\/\/[^\s<>"'`]+[^\s<>"'`.,;:!?)\]}]/g;

/** Cuts text into strings and { link } in their order. */
export function linkify(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(links)) {
    parts.push(text.slice(end, found.index), { link: found[0] });
    end = found.index + found[0].length;
  }
  parts.push(text.slice(end));
  return parts;
}
