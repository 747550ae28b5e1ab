// What a glance at a product shows: which instruments, in which words. Nothing else in the dashboard knows of a product.

const seconds = 's';

export const glances = [{
  id: 'mail',
  title: 'Mail',
  key: 'e',
  when: /^cybertemp\.(intake|smtp|storage)\./,
  tiles: [
    { label: 'Accepted', q: 'cybertemp.intake.duration,error.type', stat: 'rate', groups: label => label === '', unit: '/s' },
    { label: 'Refused recipients', q: 'cybertemp.smtp.recipients,cybertemp.filter.verdict', stat: 'rate', groups: label => !/^accepted$/i.test(label), unit: '/s' },
    { label: 'Dot to 250, p50', q: 'cybertemp.intake.duration', stat: 'p50', unit: seconds },
    { label: 'Dot to 250, p99', q: 'cybertemp.intake.duration', stat: 'p99', unit: seconds },
    { label: 'Sessions', q: 'cybertemp.smtp.connection.active', of: 'cybertemp.smtp.session.limit', stat: 'last' },
    { label: 'Queue', q: 'cybertemp.storage.queue.usage', of: 'cybertemp.storage.queue.limit', stat: 'last' },
    { label: 'Filter age, oldest', q: 'cybertemp.filter.snapshot.age', stat: 'last', unit: seconds },
  ],
  charts: [
    { title: 'Messages', note: 'after the dot, by outcome', q: 'cybertemp.intake.duration,error.type', stat: 'rate', none: 'accepted' },
    { title: 'Recipients', note: 'by verdict of the filter', q: 'cybertemp.smtp.recipients,cybertemp.filter.verdict', stat: 'rate', none: 'other' },
    { title: 'Dot to 250', note: 'end of data to reply', q: 'cybertemp.intake.duration', stat: 'percentiles' },
    { title: 'Commit', note: 'one transaction', q: 'cybertemp.storage.commit.duration', stat: 'percentiles' },
    { title: 'Batch', note: 'messages in one commit', q: 'cybertemp.storage.batch.size', stat: 'mean' },
    { title: 'Queue', note: 'messages waiting for a commit', q: 'cybertemp.storage.queue.usage', stat: 'last' },
    { title: 'Queue', note: 'bytes waiting for a commit', q: 'cybertemp.storage.queue.bytes', stat: 'last' },
    { title: 'In flight', note: 'bytes of messages being received', q: 'cybertemp.smtp.inflight.usage', stat: 'last' },
    { title: 'Sessions', note: 'by replica', q: 'cybertemp.smtp.connection.active,@resource', stat: 'last' },
    { title: 'Replies', note: 'by code', q: 'cybertemp.smtp.commands,cybertemp.smtp.reply.code', stat: 'rate', none: 'other' },
    { title: 'Limits hit', note: 'by limit', q: 'cybertemp.smtp.limit.hits,cybertemp.smtp.limit', stat: 'rate', none: 'other' },
    { title: 'Message size', note: 'as received', q: 'cybertemp.smtp.message.size', stat: 'percentiles' },
    { title: 'Database', note: 'size on disk', q: 'cybertemp.storage.database.size', stat: 'last' },
    { title: 'Partitions', note: 'days of mail, in UTC', facts: [
      { label: 'there', q: 'cybertemp.storage.partition.count' },
      { label: 'days back to the oldest', q: 'cybertemp.storage.partition.oldest' },
      { label: 'days ahead to the newest', q: 'cybertemp.storage.partition.newest' },
      { label: 'tomorrow is there', q: 'cybertemp.storage.partition.next_day', words: ['no', 'yes'] },
    ] },
    { title: 'Filter age', note: 'by replica', q: 'cybertemp.filter.snapshot.age,@resource', stat: 'last' },
    { title: 'Filter version', note: 'by replica; equal means in step', q: 'cybertemp.filter.snapshot.version,@resource', stat: 'table' },
    { title: 'Accepted domains', note: 'in the filter, by replica', q: 'cybertemp.filter.domains,@resource', stat: 'table' },
  ],
}];
