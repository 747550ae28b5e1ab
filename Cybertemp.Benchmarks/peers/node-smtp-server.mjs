// smtp-server + mailparser + one INSERT per mail; 250 after the commit.
// usage: DATABASE_URL=postgresql://... node node-smtp-server.mjs PORT
import { SMTPServer } from 'smtp-server';
import { createTable, store } from './table.mjs';

await createTable();
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

      await store(Buffer.concat(chunks), session.envelope.mailFrom.address ?? '', session.envelope.rcptTo.map((r) => r.address));
      callback();
    } catch (error) {
      callback(Object.assign(error, { responseCode: 451 }));
    }
  },
});
server.listen(Number(process.argv[2]), '127.0.0.1', () => console.log('listening'));
