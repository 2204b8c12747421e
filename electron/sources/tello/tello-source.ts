import type { TelloSource } from '../../../shared/source.ts';
import { createUndoList, type UndoList } from '../../base/undo-list.ts';
import type { DroneIdentity } from '../../video/drone-controls.ts';
import type { OpenSource, OpenSourceFunction, SourceListener } from '../../video/source.ts';
import { CommandLink, slowDrone } from './commands/command-link.ts';
import { askIdentity } from './commands/drone-identity.ts';
import { type RequestParts, requestVideo } from './commands/request-video.ts';
import { resolveHost } from './network/resolve-host.ts';
import { TelemetryLink } from './telemetry/telemetry-link.ts';
import { telloControls } from './tello-controls.ts';
import { defaultTimings, type TelloTimings } from './timings.ts';
import { VideoLink } from './video/video-link.ts';
import { VideoMonitor } from './video/video-monitor.ts';

type OpenTelloOptions = {
  /** What the user calls it. */
  name?: string;
  timings?: Partial<TelloTimings>;
};

/** What is opened of a drone: where it is, and what it says to whom. */
type Opening = {
  spec: TelloSource;
  name: string;
  timings: TelloTimings;
  listener: SourceListener;
  signal: AbortSignal;
  undo: UndoList;
};

/**
 * Opens a Tello: binds the sockets (local port 0 = any free one), makes the drone listen and send its video,
 * and resolves; the picture comes later, and `listener.phase` says what it is waiting for. From then on the
 * source heals itself: each socket by itself, and a drone that fell silent is asked again with growing
 * delays. Nothing that moves it is ever sent but by `controls`.
 * Rejects with `port-in-use`, `system-limit`, `network-unreachable`, `drone-unreachable`, `drone-slow`,
 * `drone-refused` or `cancelled`.
 */
export function openTello(options: OpenTelloOptions = {}): OpenSourceFunction<TelloSource> {
  const timings = { ...defaultTimings, ...options.timings };
  const name = options.name ?? 'Tello';
  return async (spec, listener, signal) => {
    const undo = createUndoList();
    try {
      return await open({ spec, name, timings, listener, signal, undo });
    } catch (error) {
      // Why it could not be opened matters more than what could not be closed.
      await undo.run().catch(() => undefined);
      throw error;
    }
  };
}

async function open(opening: Opening): Promise<OpenSource> {
  const { spec, name, timings, listener, signal, undo } = opening;
  const host = await resolveHost(spec.host, signal);
  const monitor = new VideoMonitor(timings, listener);
  undo.add(() => monitor.dispose());
  const { video, telemetry, link } = await openLinks(host, opening, monitor);

  let mayStream = false;
  undo.add(async () => {
    if (mayStream) await link.sayGoodbye('streamoff', timings.farewellMs);
  });
  const request: RequestParts = {
    link,
    ports: { state: telemetry.localPort, video: video.localPort },
    video: monitor,
    timings,
    onMayStream: () => {
      mayStream = true;
    },
  };
  const ask = (askSignal: AbortSignal) => requestVideo(request, askSignal);
  const answer = await ask(signal);
  link.startKeepAlive();
  const waitForKeyframe = () => video.waitForKeyframe();
  monitor.start({ videoPort: video.localPort, requestVideo: ask, waitForKeyframe }, answer);

  let identity: DroneIdentity = {};
  const closed = new AbortController();
  undo.add(() => closed.abort());
  void askIdentity(link, timings, closed.signal, (part) => {
    identity = { ...identity, ...part };
  });
  return {
    name,
    datagrams: () => video.datagrams,
    drone: () => telemetry.droneStatus(),
    links: () => ({
      command: link.status(),
      state: telemetry.linkStatus(),
      video: video.status(),
    }),
    controls: telloControls(link, telemetry, video, () => identity),
    dispose: () => undo.run(),
  };
}

/** The three links, each with a life of its own: what breaks one of them leaves the others alone. */
async function openLinks(
  host: string,
  { spec, timings, signal, undo }: Opening,
  monitor: VideoMonitor,
): Promise<{ video: VideoLink; telemetry: TelemetryLink; link: CommandLink }> {
  const retryDelaysMs = timings.healDelaysMs;
  const video = await VideoLink.open(
    {
      host,
      port: spec.ports.video,
      retryDelaysMs,
      onDatagram: () => monitor.datagram(),
      onTrouble: (trouble) => monitor.socket('video', trouble),
      unit: (unit) => monitor.unit(unit),
      dropped: (count) => monitor.dropped(count),
    },
    signal,
  );
  undo.add(() => video.dispose());
  const telemetry = await TelemetryLink.open(
    {
      host,
      port: spec.ports.state,
      retryDelaysMs,
      onTrouble: (trouble) => monitor.socket('state', trouble),
    },
    signal,
  );
  undo.add(() => telemetry.dispose());
  const link = await CommandLink.open(host, spec.ports.command, timings, signal, (health) => {
    if (health === 'silent') monitor.commands({ kind: 'unanswered' });
    else if (health === 'slow') {
      monitor.commands({ kind: 'slow', error: slowDrone(host) });
    } else monitor.commands(null);
  });
  undo.add(() => link.dispose());
  return { video, telemetry, link };
}
