// Preloaded into a peer's process: what it sends to WeChat Pay's hosts goes to the simulator on this machine, and nothing
// leaves the machine. The SDK itself is not touched; it still speaks TLS to api.mch.weixin.qq.com and checks that name
// (the simulator's CA comes by NODE_EXTRA_CA_CERTS).
import { Socket } from 'node:net';

const port = Number(process.env.PEER_HTTPS_PORT);
const { connect } = Socket.prototype;

Socket.prototype.connect = function connectHere(...args) {
  // Node itself calls it with its arguments normalised to one array, [options, callback].
  const [first] = args;
  const options = Array.isArray(first) ? first[0] : first;
  if (options?.port !== undefined) keepHere(options);
  return connect.apply(this, args);
};

function keepHere(options) {
  const host = options.host ?? 'localhost';
  if (host.endsWith('.weixin.qq.com')) Object.assign(options, { host: '127.0.0.1', port });
  else if (host !== '127.0.0.1' && host !== 'localhost') throw new Error(`${host} is not on this machine`);
}
