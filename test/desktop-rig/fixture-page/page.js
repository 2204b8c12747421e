// Collects what the bridge brings, for tests to look at.
window.seen = { events: [], commands: [], portMessages: [], portsClosed: 0 };
window.hoverdeck.onEvent((name, payload) => window.seen.events.push({ name, payload }));
window.hoverdeck.onCommand((command) => window.seen.commands.push(command));

// Frames go straight to a worker, as in the real page.
window.addEventListener('message', ({ data, source, ports: [port] }) => {
  if (source !== window || data?.type !== 'hoverdeck:frame-port') return;
  const worker = new Worker('/worker.js');
  worker.onmessage = ({ data: seen }) => {
    if (seen === 'closed') window.seen.portsClosed += 1;
    else window.seen.portMessages.push(seen);
  };
  worker.postMessage({ port }, [port]);
});
