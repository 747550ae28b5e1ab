// express + pg on the tables of Cybertemp: a list of summaries and one message, as a front end of one's own would be.
// usage: DATABASE_URL=postgresql://... node node-express.mjs PORT
import express from 'express';
import pg from 'pg';

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const app = express();
app.disable('x-powered-by');

app.get('/v1/inboxes/:address/messages', async (request, response) => {
  const { rows } = await pool.query({
    name: 'list',
    text: `select m.id, m.message_uid, m.from_name, m.from_address, m.inbox, m.subject, left(m.text, 160) as intro, m.received_at,
      m.size_bytes, jsonb_array_length(m.attachments) as attachments, m.read from emails m
      where m.inbox = $1 order by m.received_at desc, m.id limit $2`,
    values: [request.params.address.toLowerCase(), Math.min(Number(request.query.limit ?? 25), 100)],
  });
  response.json({ messages: rows });
});

app.get('/v1/messages/:id', async (request, response) => {
  const { rows } = await pool.query({
    name: 'one',
    text: `select m.id, m.message_uid, m.from_name, m.from_address, m.inbox, m.subject, m.text, m.html, m.received_at, m.date,
      m.size_bytes, m.attachments, m.headers, m.read from emails m where m.id = $1`,
    values: [request.params.id],
  });
  if (rows.length === 0) response.status(404).json({ title: 'not found' });
  else response.json(rows[0]);
});

app.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('listening'));
