// usage: node mailpit.mjs url key inbox     mailpit-api's calls on a mailbox whose newest mail is the inbox's; prints what they gave.
import { MailpitClient } from 'mailpit-api';

const [url, key, inbox] = process.argv.slice(2);
const mailpit = new MailpitClient(url, { auth: { username: 'anybody', password: key } });
const status = async call => {
  try {
    await call();
    return 200;
  } catch (error) {
    return Number(/Error: (\d+)/.exec(error.message)?.[1]);
  }
};

const search = await mailpit.searchMessages({ query: `to:${inbox} subject:"your code" has:attachment is:unread -subject:news` });
const message = await mailpit.waitForMessage({ query: `to:${inbox}` });
const part = await mailpit.getMessageAttachment(message.ID, message.Attachments[0].PartID);
const answers = {
  info: await mailpit.getInfo(),
  list: await mailpit.listMessages(0, 2),
  search,
  message,
  latest: (await mailpit.getMessageSummary()).ID,
  headers: await mailpit.getMessageHeaders(message.ID),
  raw: await mailpit.getMessageSource(),
  part: { type: part.type, text: await part.text() },
  html: await mailpit.renderMessageHTML(message.ID),
  text: await mailpit.renderMessageText(),
  tags: await mailpit.getTags(),
  inBody: (await mailpit.searchMessages({ query: 'Wegbeschreibung' })).messages_count,
  larger: (await mailpit.searchMessages({ query: `to:${inbox} larger:1K` })).messages_count,
  smaller: (await mailpit.searchMessages({ query: `to:${inbox} smaller:1K` })).messages_count,
  elsewhere: (await mailpit.searchMessages({ query: `to:${inbox} after:2020-01-01`, tz: 'Pacific/Auckland' })).messages_count,
  refused: {
    send: await status(() => mailpit.sendMessage({ From: { Email: 'a@b.example' }, To: [{ Email: 'c@d.example' }] })),
    release: await status(() => mailpit.releaseMessage('latest', { To: ['a@b.example'] })),
    chaos: await status(() => mailpit.getChaosTriggers()),
    setChaos: await status(() => mailpit.setChaosTriggers()),
    thumbnail: await status(() => mailpit.getAttachmentThumbnail('latest', '0')),
    html: await status(() => mailpit.htmlCheck()),
    links: await status(() => mailpit.linkCheck()),
    spam: await status(() => mailpit.spamAssassinCheck()),
    tag: await status(() => mailpit.setTags({ IDs: [message.ID], Tags: ['x'] })),
    page: await status(() => mailpit.getConfiguration()),
    stranger: await status(() => new MailpitClient(url).listMessages()),
    search: await status(() => mailpit.searchMessages({ query: 'is:late' })),
  },
};
await mailpit.setReadStatus({ IDs: [message.ID], Read: false });
answers.unread = (await mailpit.searchMessages({ query: `to:${inbox} is:unread` })).messages_unread;
await mailpit.setReadStatus({ Search: `to:${inbox}`, Read: true });
answers.read = (await mailpit.searchMessages({ query: `to:${inbox} is:read` })).messages_count;
await mailpit.deleteMessages({ IDs: [message.ID] });
answers.afterOne = await status(() => mailpit.getMessageSummary(message.ID));
await mailpit.deleteMessagesBySearch({ query: `to:${inbox}` });
answers.afterSearch = (await mailpit.waitForMessages({ query: `to:${inbox}`, count: 0 })).messages_count;
answers.others = (await mailpit.listMessages()).total;
await mailpit.deleteMessages();
answers.afterAll = (await mailpit.listMessages()).total;
console.log(JSON.stringify(answers));
