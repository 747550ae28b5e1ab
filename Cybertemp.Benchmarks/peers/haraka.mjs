// Haraka + mailparser + one INSERT per mail; 250 after the commit.
// usage: DATABASE_URL=postgresql://... node haraka.mjs PORT
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createTable, store } from './table.mjs';

const require = createRequire(import.meta.url);
await createTable();
const folder = mkdtempSync(join(tmpdir(), 'haraka-'));
const write = (path, text) => {
  mkdirSync(join(folder, path, '..'), { recursive: true });
  writeFileSync(join(folder, path), text);
};
write('config/smtp.ini', `listen=127.0.0.1:${process.argv[2]}\nnodes=0\n`);
copyFileSync(require.resolve('haraka/config/connection.ini'), join(folder, 'config/connection.ini'));
write('config/log.ini', '[main]\nlevel=crit\n');
write('config/plugins', 'store\n');
write('plugins/store.js', `
exports.hook_rcpt = (next) => next(OK);
exports.hook_queue = (next, connection) => {
  const { mail_from, message_stream, rcpt_to } = connection.transaction;
  message_stream.get_data((raw) => process.store(raw, mail_from.address, rcpt_to.map((r) => r.address)).then(() => next(OK), () => next(DENYSOFT)));
};
`);

// A plugin sees little of the world outside, but the process.
process.store = (raw, from, recipients) => store(raw, String(from), recipients.map(String));
process.argv = [process.argv[0], 'haraka', '-c', folder];
require('haraka/bin/haraka');
