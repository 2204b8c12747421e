import { z } from 'zod';

/**
 * Every way in which Hoverdeck can fail, by name. A code is stable (scripts may rely on it); the
 * sentence and the tip beside it may be reworded at any time.
 */
export const errorCodes = [
  // requests
  'bad-request',
  'not-trusted',
  'busy',
  'cancelled',
  'unsupported',
  'connection-lost',
  'internal',
  // pictures
  'not-connected',
  'no-picture',
  'stale-picture',
  'decode-failed',
  // keeping things on disk
  'disk-full',
  'folder-missing',
  'folder-read-only',
  'write-failed',
  'not-found',
  // the drone's links
  'port-in-use',
  'system-limit',
  'network-unreachable',
  'drone-unreachable',
  'drone-refused',
  'drone-slow',
  'commands-unanswered',
  'no-video',
  'no-keyframe',
  'video-lost',
  'simulator-failed',
  // flight
  'flying',
  'not-flying',
  'not-ready',
  'not-the-pilot',
  // cameras
  'no-camera',
  'camera-permission',
  'camera-busy',
  'camera-mode',
  'camera-lost',
  'camera-hung',
  'reader-crashed',
  'reader-missing',
] as const;

export const errorCodeSchema = z.enum(errorCodes);
export type ErrorCode = z.infer<typeof errorCodeSchema>;
