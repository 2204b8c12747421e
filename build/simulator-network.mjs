// The simulated drone and one client of it, each with a network of its own, as on a Tello's Wi-Fi:
// the drone is 192.168.10.1, the client 192.168.10.2, and both have port 8889 to themselves. On one
// address they could not: the client libraries bind 0.0.0.0:8889, which on Linux takes that port of
// every address of the machine. Linux only, without any rights (user namespaces).
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const DRONE = '192.168.10.1';
const CLIENT = '192.168.10.2';
const DRONE_LINK = 'drone0';
const CLIENT_LINK = 'wlan0';
const EXIT_FAILED = 1;
const OWN_NAMESPACE = ['--user', '--map-root-user', '--net'];

/** In the drone's namespace: waits until its end of the link is there, then becomes the drone. */
const DRONE_SCRIPT =
  'echo here; read -r _; ' +
  `ip link set lo up && ip addr add ${DRONE}/24 dev ${DRONE_LINK} && ` +
  `ip link set ${DRONE_LINK} up && exec "$@"`;

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [client = '', ...drone] = process.argv.slice(2);
  process.on('SIGINT', () => undefined);
  process.exit(await runInside(client, drone));
}

/**
 * Runs the drone, and a shell command as its client. Resolves with the command's exit code; the
 * drone ends with it.
 *
 * @param {string} client
 * @param {string} drone bundle of the simulator
 * @param {string[]} flags of the simulator
 */
export async function runWithClient(client, drone, flags) {
  if (process.platform !== 'linux') {
    process.stderr.write(
      '--client needs Linux. Run the drone on another machine, or see docs/simulator.md.\n',
    );
    return EXIT_FAILED;
  }
  const inside = [process.execPath, fileURLToPath(import.meta.url), client, drone, ...flags];
  const child = spawn('unshare', [...OWN_NAMESPACE, ...inside], { stdio: 'inherit' });
  process.once('SIGTERM', () => child.kill('SIGTERM'));
  try {
    const [code] = await once(child, 'exit');
    return code ?? EXIT_FAILED;
  } catch (error) {
    process.stderr.write(`--client needs unshare (util-linux) and ip (iproute2): ${error}\n`);
    return EXIT_FAILED;
  }
}

/**
 * In the client's namespace: makes the drone's one, links them, and runs both.
 *
 * @param {string} client
 * @param {string[]} drone bundle and flags
 */
async function runInside(client, drone) {
  const script = ['--net', 'sh', '-c', DRONE_SCRIPT, 'drone', process.execPath];
  const child = spawn('unshare', [...script, ...drone, '--host', DRONE], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const gone = once(child, 'exit').then(() => 'gone');
  try {
    await Promise.race([once(child.stdout, 'data'), gone]);
    await ip('link', 'set', 'lo', 'up');
    const peer = ['peer', 'name', DRONE_LINK, 'netns', String(child.pid)];
    await ip('link', 'add', CLIENT_LINK, 'type', 'veth', ...peer);
    await ip('addr', 'add', `${CLIENT}/24`, 'dev', CLIENT_LINK);
    await ip('link', 'set', CLIENT_LINK, 'up');
    child.stdin.end('\n');
    // Its first line says that it listens.
    const first = await Promise.race([once(child.stdout, 'data'), gone]);
    if (first === 'gone') return EXIT_FAILED;
    process.stdout.write(String(first));
    child.stdout.pipe(process.stdout);
    // npm changes the folder; the command was written for the one npm was called in.
    const cwd = process.env.INIT_CWD ?? process.cwd();
    const program = spawn('sh', ['-c', client], { stdio: 'inherit', cwd });
    process.once('SIGTERM', () => program.kill('SIGTERM'));
    const [code] = await once(program, 'exit');
    return code ?? EXIT_FAILED;
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : error}\n`);
    return EXIT_FAILED;
  } finally {
    child.kill('SIGTERM');
  }
}

/** @param {string[]} args */
async function ip(...args) {
  const [code] = await once(spawn('ip', args, { stdio: ['ignore', 'inherit', 'inherit'] }), 'exit');
  if (code !== 0) throw new Error(`ip ${args.join(' ')} failed with ${code}`);
}
