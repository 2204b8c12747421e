// A child that misbehaves in the way its first argument names; a real process with a real channel.
const kind = process.argv[2];
const hold = [];

const behaviours = {
  obeys: () => process.on('SIGTERM', () => process.exit(0)),
  // As a hung decoder does: it reads no signal and no message.
  deaf: () => process.on('SIGTERM', () => undefined),
  'leaves-at-once': () => process.exit(3),
  'hangs-in-a-picture': () =>
    process.on('message', () => {
      for (;;);
    }),
  'balloons-in-a-picture': () =>
    process.on('message', () => {
      setInterval(() => hold.push(Buffer.alloc(32 * 1024 * 1024, 1)), 10);
    }),
  'dies-in-a-picture': () => process.on('message', () => process.kill(process.pid, 'SIGSEGV')),
};

behaviours[kind]();
setInterval(() => undefined, 1_000);
process.on('disconnect', () => process.exit(0));
process.send('ready');
