// usage: node send.mjs port tls|plain     Sends twenty mails over five kept connections.
import nodemailer from 'nodemailer';

const [port, security] = process.argv.slice(2);
const transport = nodemailer.createTransport({
  host: '127.0.0.1',
  port: Number(port),
  requireTLS: security === 'tls',
  ignoreTLS: security !== 'tls',
  tls: { rejectUnauthorized: false },
  pool: true,
  maxConnections: 5,
});

const sendings = Array.from({ length: 20 }, (_, number) => transport.sendMail({
  from: 'Jürgen <a@client.example>',
  to: [`box${number}@temp.example`, 'grüße@BÜCHER.temp.example'],
  subject: `Grüße ${number} ✓`,
  text: '.\n..two\nÄnde\n',
  html: '<p>Ände</p>',
  attachments: [{ filename: 'naïve ✓ (a very long name, so that it needs more than one section).bin', content: Buffer.from([0, 13, 10, 46, 255]) }],
}));
await Promise.all(sendings);
transport.close();
