// A reader process that misbehaves in the way its first argument names. It takes the place of the
// true one in tests: a real process with a real channel, none of whose promises hold.
const kind = process.argv[2];
const opened = {
  type: 'opened',
  name: 'Rogue',
  device: '/dev/rogue',
  mark: { name: 'Rogue', device: '/dev/rogue' },
  mode: { width: 64, height: 48, fps: 30, format: 'mjpeg' },
  passThrough: true,
};
const jpeg = Uint8Array.from([
  0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, 0, 48, 0, 64, 1, 1, 0, 0, 0xff, 0xda, 0, 2,
]);
const hold = [];
let seq = 0;

function picture() {
  seq += 1;
  const [seconds, nanoseconds] = process.hrtime();
  const readAtUs = seconds * 1e6 + nanoseconds / 1e3;
  process.send({ type: 'picture', seq, width: 64, height: 48, readAtUs, data: jpeg });
}

const behaviours = {
  // A driver call that never returns, inside open.
  'hang-in-open': () => {
    for (;;);
  },
  'never-open': () => undefined,
  'open-then-silent': () => process.send(opened),
  'two-pictures-then-silent': () => {
    process.send(opened);
    picture();
    picture();
  },
  garbage: () => {
    process.send(opened);
    picture();
    process.send({ type: 'picture', seq: 'two', data: 'not bytes' });
  },
  'garbage-in-open': () => process.send('\u0000\u0001 what?'),
  balloon: () => {
    process.send(opened);
    setInterval(() => {
      hold.push(Buffer.alloc(16 * 1024 * 1024, 1));
      picture();
    }, 20);
  },
  // Small, and says it is not: where the system does not tell, its own word has to do.
  'reports-a-balloon': () => {
    process.send(opened);
    setInterval(() => {
      process.send({ type: 'alive', rssBytes: 5e12 });
      picture();
    }, 20);
  },
  'exit-in-open': () => process.exit(3),
  flood: () => {
    process.send(opened);
    for (let i = 0; i < 2_000; i++) picture();
  },
  'damaged-only': () => {
    process.send(opened);
    setInterval(() => process.send({ type: 'dropped', why: 'damaged' }), 20);
  },
  'every-third-damaged': () => {
    process.send(opened);
    setInterval(() => {
      picture();
      picture();
      process.send({ type: 'dropped', why: 'damaged' });
    }, 20);
  },
  'lost-twice': () => {
    process.send(opened);
    const failure = { code: 'camera-lost', message: 'gone' };
    process.send({ type: 'failed', failure, recoverable: true });
    process.send({ type: 'failed', failure, recoverable: true });
  },
};

process.on('SIGTERM', () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', (message) => {
  // `close` is not listened to: who asks nicely waits for ever.
  if (message.type === 'open' || message.type === 'list') behaviours[kind]?.();
});
setInterval(() => undefined, 1_000);
