// The pool and the table of the peers that run in node; PeerSchema.cs has the same table.
import pg from 'pg';
import { simpleParser } from 'mailparser';

export const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });

export async function createTable() {
  await pool.query(`create table if not exists peer_emails (
    id uuid primary key default gen_random_uuid(), inbox text not null, received_at timestamptz not null default now(),
    mail_from text not null, subject text not null, text text not null, html text not null, attachments jsonb not null, raw bytea not null)`);
  await pool.query('create index if not exists peer_emails_inbox on peer_emails (inbox, received_at desc, id)');
}

/** Completes after the commit of the last recipient's row. */
export async function store(raw, from, recipients) {
  const mail = await simpleParser(raw, { skipImageLinks: true });
  const attachments = JSON.stringify(mail.attachments.map((a) => ({ name: a.filename, contentType: a.contentType, sizeBytes: a.size })));
  for (const recipient of recipients) {
    await pool.query({
      name: 'insert',
      text: 'insert into peer_emails (inbox, mail_from, subject, text, html, attachments, raw) values ($1, $2, $3, $4, $5, $6, $7)',
      values: [recipient.toLowerCase(), from, mail.subject ?? '', mail.text ?? '', mail.html || '', attachments, raw],
    });
  }
}
