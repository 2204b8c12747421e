import { FFmpegError } from 'node-av/lib';

/**
 * For FFmpeg's calls that only fail when something is broken; `what` follows "could not". Calls whose
 * failure means something (a camera in use, the end of a stream) look at the code themselves.
 * @throws Error with FFmpeg's own words for a negative status.
 */
export function mustSucceed(status: number, what: string): void {
  if (status < 0) throw new Error(`FFmpeg could not ${what}: ${FFmpegError.strerror(status)}.`);
}

/** Makes sure of a part that this build of FFmpeg may lack. */
export function mustHave<T>(part: T | null, what: string): T {
  if (part === null) throw new Error(`This FFmpeg has no ${what}.`);
  return part;
}
