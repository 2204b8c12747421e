import type { TelloSource } from '../../../shared/source.ts';
import { StationError } from '../../base/failures.ts';
import type { OpenSource, OpenSourceFunction, SourceListener } from '../../video/source.ts';
import { CommandLink } from './commands/command-link.ts';
import { requestVideo } from './commands/request-video.ts';
import { resolveHost } from './network/resolve-host.ts';
import { TelemetryLink } from './telemetry/telemetry-link.ts';
import { defaultTimings, type TelloTimings } from './timings.ts';
import { VideoLink } from './video/video-link.ts';
import { VideoMonitor } from './video/video-monitor.ts';

export type TelloOptions = {
  /** Host name or IPv4 address. */
  host: string;
  /** The drone's command port; local ports for state and video, 0 = any free one. */
  ports: { command: number; state: number; video: number };
  name?: string;
  timings?: Partial<TelloTimings>;
};

/** Opens a Tello as the user describes it. See `openTelloAt`. */
export const openTello: OpenSourceFunction<TelloSource> = (spec, listener, signal) =>
  openTelloAt({ host: spec.host, ports: spec.ports }, listener, signal);

/**
 * Binds the sockets, makes the drone listen and send its video, and resolves; the picture comes later,
 * and `listener.phase` says what it is waiting for. From then on the source heals itself: a drone that
 * fell silent is asked again for its video with growing delays, and nothing that moves it is ever sent.
 * Rejects with `port-in-use`, `network-unreachable`, `drone-unreachable`, `drone-refused` or `cancelled`.
 */
export async function openTelloAt(
  options: TelloOptions,
  listener: SourceListener,
  signal: AbortSignal,
): Promise<OpenSource> {
  const timings = { ...defaultTimings, ...options.timings };
  const cleanup = new Cleanup();
  try {
    return await open(options, timings, listener, signal, cleanup);
  } catch (error) {
    await cleanup.run();
    throw error;
  }
}

async function open(
  options: TelloOptions,
  timings: TelloTimings,
  listener: SourceListener,
  signal: AbortSignal,
  cleanup: Cleanup,
): Promise<OpenSource> {
  const host = await resolveHost(options.host, signal);
  const monitor = new VideoMonitor(timings, listener);
  cleanup.add(async () => monitor.dispose());
  const onError = reportOnce(listener);

  const video = await VideoLink.open(
    {
      host,
      port: options.ports.video,
      quietCloseMs: timings.quietCloseMs,
      onDatagram: () => monitor.datagram(),
      onError,
      unit: (unit) => monitor.unit(unit),
      dropped: (count) => monitor.dropped(count),
    },
    signal,
  );
  cleanup.add(() => video.dispose());
  const telemetry = await TelemetryLink.open(host, options.ports.state, onError, signal);
  cleanup.add(() => telemetry.dispose());
  const link = await CommandLink.open(host, options.ports.command, timings, signal);
  cleanup.add(() => link.dispose());
  cleanup.add(() => link.sayGoodbye('streamoff', timings.farewellMs));

  const ports = { state: telemetry.localPort, video: video.localPort };
  const ask = (askSignal: AbortSignal) => requestVideo(link, ports, timings, askSignal);
  const request = await ask(signal);
  link.startKeepAlive();
  monitor.start(
    {
      videoPort: ports.video,
      requestVideo: ask,
      waitForKeyframe: () => video.waitForKeyframe(),
    },
    request,
  );
  return {
    name: options.name ?? 'Tello',
    datagrams: () => video.datagrams,
    drone: () => telemetry.status(),
    dispose: () => cleanup.run(),
  };
}

/** A socket that fails after it was bound (its network vanished) cannot be used any more. */
function reportOnce(listener: SourceListener): (error: Error) => void {
  let reported = false;
  return (cause) => {
    if (reported) return;
    reported = true;
    listener.lost(
      new StationError('video-lost', 'The network under the drone’s video went away.', {
        tip: 'Join the drone’s Wi-Fi again; the picture comes back by itself.',
        recoverable: true,
        cause,
      }),
    );
  };
}

/** What was opened, released newest first, once. */
class Cleanup {
  readonly #steps: (() => Promise<void>)[] = [];
  #done: Promise<void> | undefined;

  add(step: () => Promise<void>): void {
    this.#steps.push(step);
  }

  run(): Promise<void> {
    this.#done ??= this.#run();
    return this.#done;
  }

  async #run(): Promise<void> {
    for (let step = this.#steps.pop(); step !== undefined; step = this.#steps.pop()) await step();
  }
}
