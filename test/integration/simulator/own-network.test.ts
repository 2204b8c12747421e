import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const SCRIPT = fileURLToPath(new URL('../../../build/simulator.mjs', import.meta.url));

/** A client as they are: bound to port 8889 of every address, and to the fixed ports for state and video. */
const CLIENT = `
  const { createSocket } = require('node:dgram');
  const [command, state, video] = [8889, 8890, 11111].map((port) => {
    const socket = createSocket('udp4');
    socket.bind(port, '0.0.0.0');
    return socket;
  });
  const say = (text) => command.send(text, 8889, '192.168.10.1');
  let left = 3;
  const done = () => --left || process.exit(7);
  command.once('message', () => {
    command.once('message', (answer, from) => {
      console.log('battery', String(answer).trim(), from.address);
      say('streamon');
      done();
    });
    say('battery?');
  });
  state.once('message', (message, from) => { console.log('state', from.address); done(); });
  video.once('message', (message, from) => { console.log('video', from.address); done(); });
  say('command');
`;

/** Whether this kernel lets us have networks of our own. */
function hasNamespaces(): boolean {
  try {
    execFileSync('unshare', ['--user', '--map-root-user', '--net', 'ip', 'link'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
}

describe.skipIf(!hasNamespaces())('npm run simulator -- --client', () => {
  it('gives drone and client port 8889 each, on addresses of their own', async () => {
    const client = `"${process.execPath}" -e '${CLIENT.replaceAll("'", `"`)}'`;
    const child = spawn(process.execPath, [SCRIPT, '--battery', '61', '--client', client], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (data) => {
        output += data;
      });
    }
    const [code] = await once(child, 'close');
    expect(output).toContain('commands at 192.168.10.1:8889');
    expect(output).toContain('battery 61 192.168.10.1');
    expect(output).toContain('state 192.168.10.1');
    expect(output).toContain('video 192.168.10.1');
    // The client's own exit code.
    expect(code).toBe(7);
  });
});
