// usage: node mcp.mjs url inbox     The SDK of the Model Context Protocol lists the tools and calls each; prints what they gave.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

const [url, inbox] = process.argv.slice(2);
const client = new Client({ name: 'test', version: '1' });
await client.connect(new StreamableHTTPClientTransport(new URL(url)));
const call = async (name, input) => {
  const { isError, structuredContent, content } = await client.callTool({ name, arguments: input });
  return isError ? content[0].text : structuredContent;
};

const list = await call('list_messages', { address: inbox });
console.log(JSON.stringify({
  tools: (await client.listTools()).tools,
  instructions: client.getInstructions(),
  created: await call('create_inbox', {}),
  elsewhere: await call('create_inbox', { domain: 'nowhere.example' }),
  list,
  message: await call('get_message', { id: list.messages[0].id }),
  code: await call('wait_for_code', { address: inbox, seconds: 5 }),
  nothing: await call('wait_for_code', { address: inbox, seconds: 0, subject: 'nowhere' }),
  malformed: await call('list_messages', { address: 'x' }),
}));
await client.close();
