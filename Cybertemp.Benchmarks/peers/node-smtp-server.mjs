// smtp-server + mailparser + one INSERT per mail; 250 after the commit.
// usage: DATABASE_URL=postgresql://... node node-smtp-server.mjs PORT
import { simpleParser } from 'mailparser';
import pg from 'pg';
import { SMTPServer } from 'smtp-server';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
await pool.query(`create table if not exists peer_emails (
  id uuid primary key default gen_random_uuid(), inbox text not null, received_at timestamptz not null default now(),
  mail_from text not null, subject text not null, text text not null, html text not null, attachments jsonb not null, raw bytea not null)`);
await pool.query('create index if not exists peer_emails_inbox on peer_emails (inbox, received_at desc, id)');

const server = new SMTPServer({
  authOptional: true,
  disabledCommands: ['AUTH', 'STARTTLS'],
  disableReverseLookup: true,
  size: 25 * 1024 * 1024,
  async onData(stream, session, callback) {
    try {
      const chunks = [];
      for await (const chunk of stream) {
        chunks.push(chunk);
      }

      const raw = Buffer.concat(chunks);
      const mail = await simpleParser(raw, { skipImageLinks: true });
      const attachments = JSON.stringify(mail.attachments.map((a) => ({ name: a.filename, contentType: a.contentType, sizeBytes: a.size })));
      for (const recipient of session.envelope.rcptTo) {
        await pool.query({
          name: 'insert',
          text: 'insert into peer_emails (inbox, mail_from, subject, text, html, attachments, raw) values ($1, $2, $3, $4, $5, $6, $7)',
          values: [recipient.address.toLowerCase(), session.envelope.mailFrom.address ?? '', mail.subject ?? '', mail.text ?? '', mail.html || '', attachments, raw],
        });
      }

      callback();
    } catch (error) {
      callback(Object.assign(error, { responseCode: 451 }));
    }
  },
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('listening'));
