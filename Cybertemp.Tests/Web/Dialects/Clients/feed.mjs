// usage: node feed.mjs url     rss-parser reads a feed; prints what it understood.
import Parser from 'rss-parser';

console.log(JSON.stringify(await new Parser().parseURL(process.argv[2])));
