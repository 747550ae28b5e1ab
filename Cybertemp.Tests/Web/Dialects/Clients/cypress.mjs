// usage: node cypress.mjs url key inbox     cypress-mailpit's commands with the few of Cypress that they need; prints what they gave.
import { readFile } from 'node:fs/promises';

const [url, key, inbox] = process.argv.slice(2);
const env = { MAILPIT_USERNAME: 'anybody', MAILPIT_PASSWORD: key };

globalThis.Cypress = { expose: name => ({ MAILPIT_URL: url })[name], config: () => 4000 };
globalThis.cy = {
  env: async names => Object.fromEntries(names.map(name => [name, env[name]])),
  wrap: async value => value,
  wait: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds)),
  request: async ({ method, url, qs, body, auth }) => {
    const address = new URL(url);
    Object.entries(qs ?? {}).forEach(([name, value]) => address.searchParams.set(name, value));
    const headers = { authorization: `Basic ${btoa(`${auth.user}:${auth.pass}`)}` };
    if (body) {
      headers['content-type'] = 'application/json';
    }
    const response = await fetch(address, { method, headers, body: body && JSON.stringify(body) });
    if (!response.ok) {
      throw new Error(`cy.request() failed: ${response.status}`);
    }
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return { status: response.status, body: isJson ? await response.json() : await response.text() };
  },
};

// The file is a module that its package does not declare as one: Cypress bundles it.
const source = await readFile(new URL('node_modules/cypress-mailpit/dist/src/MailpitCommands.js', import.meta.url), 'utf8');
const { MailpitCommands } = await import(`data:text/javascript,${encodeURIComponent(source)}`);
const mailpit = new MailpitCommands();

const found = await mailpit.mailpitHasEmailsByTo(inbox);
const mail = await mailpit.mailpitGetMail(found.messages[0].ID);
const answers = {
  all: (await mailpit.mailpitGetAllMails()).messages.length,
  latest: (await mailpit.mailpitGetMail()).ID,
  bySubject: (await mailpit.mailpitGetEmailsBySubject('code')).messages_count,
  hasSubject: (await mailpit.mailpitHasEmailsBySubject('code')).messages_count,
  none: (await mailpit.mailpitNotHasEmailsBySubject('nowhere')).messages_count,
  noneTo: (await mailpit.mailpitNotHasEmailsByTo('nobody@nowhere.example')).messages_count,
  search: (await mailpit.mailpitHasEmailsBySearch(`to:${inbox} has:attachment`)).messages_count,
  noSearch: (await mailpit.mailpitNotHasEmailsBySearch('subject:nowhere')).messages_count,
  id: mail.ID,
  subject: await mailpit.mailpitGetSubject(mail),
  from: await mailpit.mailpitGetFromAddress(mail),
  to: await mailpit.mailpitGetRecipientAddress(mail),
  attachments: await mailpit.mailpitGetAttachments(mail),
  html: await mailpit.mailpitGetMailHTMlBody(mail),
  text: await mailpit.mailpitGetMailTextBody(mail),
};
const unread = async () => (await mailpit.mailpitSearchEmails('is:unread')).messages_count;
await mailpit.mailpitSetAllEmailStatusAsUnRead();
answers.allUnread = await unread();
await mailpit.mailpitSetStatusAsRead(mail);
answers.oneRead = await unread();
await mailpit.mailpitSetStatusAsUnRead([mail]);
answers.noneRead = await unread();
await mailpit.mailpitSetAllEmailStatusAsRead();
answers.allRead = await unread();
for (const [name, call] of [['send', () => mailpit.mailpitSendMail()], ['spam', () => mailpit.mailpitGetMailSpamAssassinSummary(mail)]]) {
  answers[name] = await call().then(() => 'accepted', error => error.message);
}
await mailpit.mailpitDeleteEmailsBySearch(`to:${inbox}`);
answers.afterSearch = (await mailpit.mailpitGetEmailsByTo(inbox)).messages_count;
await mailpit.mailpitDeleteAllEmails();
answers.afterAll = (await mailpit.mailpitGetAllMails()).messages_count;
console.log(JSON.stringify(answers));
