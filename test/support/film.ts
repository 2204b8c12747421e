import { spawnSync } from 'node:child_process';

export type ProbedFilm = {
  codec: string;
  width: number;
  height: number;
  durationS: number;
  /** When each picture is shown, in seconds. */
  times: number[];
  keyframes: number;
};

/** Hours of packets as text. */
const MAX_OUTPUT_BYTES = 256 * 1024 * 1024;

type Probed = {
  format: { duration: string };
  streams: { codec_name: string; width: number; height: number }[];
  packets: { pts_time: string; flags: string }[];
};

/** What ffprobe finds in a film; every packet is read, and nothing may be wrong with it. */
export function probeFilm(path: string): ProbedFilm {
  const text = run('ffprobe', [
    ...['-v', 'error', '-print_format', 'json'],
    ...['-show_format', '-show_streams', '-show_packets', path],
  ]);
  const { format, streams, packets } = JSON.parse(text) as Probed;
  const [stream] = streams;
  if (stream === undefined) throw new Error(`${path} holds no picture`);
  return {
    codec: stream.codec_name,
    width: stream.width,
    height: stream.height,
    durationS: Number(format.duration),
    times: packets.map((packet) => Number(packet.pts_time)),
    keyframes: packets.filter((packet) => packet.flags.includes('K')).length,
  };
}

/** Decodes a film to its end; nothing may be wrong with it. Returns a hash of each picture. */
export function decodeFilm(path: string): string[] {
  const hashes = run('ffmpeg', [
    ...['-v', 'error', '-i', path, '-fps_mode', 'passthrough', '-enc_time_base', '1:90000'],
    ...['-f', 'framemd5', '-'],
  ]);
  return hashes
    .split('\n')
    .filter((line) => /^\d/.test(line))
    .map((line) => line.split(',').at(-1)?.trim() ?? '');
}

function run(program: string, args: string[]): string {
  const { status, stdout, stderr } = spawnSync(program, args, { maxBuffer: MAX_OUTPUT_BYTES });
  if (status !== 0 || stderr.byteLength > 0) {
    throw new Error(`${program} complains of ${args.at(-1)}: ${stderr.toString().slice(0, 500)}`);
  }
  return stdout.toString();
}
