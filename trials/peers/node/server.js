'use strict';

// co-wechat as its README shows it, one worker for each core. Takes the port, app id, token and
// AES key as arguments.
const cluster = require('node:cluster');
const os = require('node:os');

if (cluster.isPrimary) {
  for (let i = 0; i < os.availableParallelism(); i++) {
    cluster.fork();
  }
  cluster.on('exit', () => process.exit(1));
  process.on('SIGTERM', () => process.exit(0));
} else {
  const Koa = require('koa');
  const wechat = require('co-wechat');
  const [port, appid, token, encodingAESKey] = process.argv.slice(2);

  // Each worker remembers the last ids it saw: two generations, so that old ones go.
  let young = new Set();
  let old = new Set();
  const seen = (id) => {
    if (young.has(id) || old.has(id)) {
      return true;
    }
    if (young.size >= 50_000) {
      old = young;
      young = new Set();
    }
    young.add(id);
    return false;
  };

  const app = new Koa();
  app.use(
    wechat({ appid, token, encodingAESKey }).middleware(async (message) => {
      seen(message.MsgId);
      return '';
    }),
  );
  app.listen(Number(port), '127.0.0.1');
}
