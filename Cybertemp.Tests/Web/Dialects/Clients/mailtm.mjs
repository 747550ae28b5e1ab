// usage: node mailtm.mjs url     mailjs makes an account and prints its address once it listens; then waits for a mail there.
import Mailjs from '@cemalgnlts/mailjs';

const url = process.argv[2];
const mailjs = new Mailjs();
mailjs.baseUrl = url;
mailjs.baseMercure = `${url}/.well-known/mercure`;

const domains = await mailjs.getDomains();
const taken = await mailjs.register(`taken@${domains.data[0].domain}`, 'a password');
const created = await mailjs.createOneAccount();
const before = await mailjs.getMessages();
const arrived = new Promise((resolve, reject) => {
  mailjs.on('open', () => console.log(created.data.username));
  mailjs.on('error', reject);
  mailjs.on('arrive', resolve);
});
const event = await arrived;
mailjs.off();

const message = await mailjs.getMessage(event.id);
const answers = {
  domains: domains.data,
  domain: (await mailjs.getDomain(domains.data[0].id)).data,
  taken: [taken.statusCode, taken.message],
  me: (await mailjs.me()).data,
  account: (await mailjs.getAccount(mailjs.id)).data.address,
  before: before.data,
  event,
  messages: (await mailjs.getMessages()).data,
  message: message.data,
  attachment: await (await fetch(url + message.data.attachments[0].downloadUrl, { headers: { authorization: `Bearer ${mailjs.token}` } })).text(),
  source: (await mailjs.getSource(event.id)).data,
  seen: (await mailjs.setMessageSeen(event.id)).data,
  seenThen: (await mailjs.getMessage(event.id)).data.seen,
  deleted: (await mailjs.deleteMessage(event.id)).statusCode,
  gone: (await mailjs.getMessage(event.id)).statusCode,
};
const again = new Mailjs();
again.baseUrl = url;
answers.wrong = await again.login(created.data.username, 'another password').then(r => [r.statusCode, r.message]);
answers.token = (await again.loginWithToken(mailjs.token)).data.address;
answers.closed = (await mailjs.deleteMe()).statusCode;
answers.afterwards = (await again.login(created.data.username, created.data.password)).statusCode;
console.log(JSON.stringify(answers));
