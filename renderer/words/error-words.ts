import type { ErrorCode } from '../../shared/errors.ts';
import type { Failure } from '../../shared/result.ts';

type ErrorWords = { headline: string; tip: string };

/**
 * A short headline for every failure, and what to do where the station gave no tip of its own.
 * The sentence between the two is the station's: it knows addresses, ports and names.
 */
const words: Record<ErrorCode, ErrorWords> = {
  'bad-request': { headline: 'That was not understood', tip: 'Reload the page and try again.' },
  'not-trusted': {
    headline: 'This page may not do that',
    tip: 'Open Hoverdeck from the address it printed when it started.',
  },
  busy: { headline: 'Busy just now', tip: 'Try again in a moment.' },
  cancelled: { headline: 'Cancelled', tip: 'Connect again whenever you like.' },
  unsupported: {
    headline: 'Not possible here',
    tip: 'The desktop app or a current Chrome, Edge or Safari can do it.',
  },
  'connection-lost': {
    headline: 'Hoverdeck is not answering',
    tip: 'Check that Hoverdeck still runs on the computer that serves this page.',
  },
  internal: {
    headline: 'Something went wrong inside Hoverdeck',
    tip: 'Try again. If it stays, restart Hoverdeck and report what you saw.',
  },
  'not-connected': { headline: 'Not connected', tip: 'Connect to a source first.' },
  'no-picture': { headline: 'No picture yet', tip: 'Wait for the first picture, then try again.' },
  'stale-picture': {
    headline: 'The picture is too old',
    tip: 'Wait until the signal is back, then try again.',
  },
  'decode-failed': {
    headline: 'The picture could not be decoded',
    tip: 'Try again: the next picture is usually whole.',
  },
  'disk-full': { headline: 'The disk is full', tip: 'Free some space, or choose another folder.' },
  'folder-missing': {
    headline: 'The photo folder is gone',
    tip: 'Choose another folder in Settings.',
  },
  'folder-read-only': {
    headline: 'The photo folder is read-only',
    tip: 'Choose a folder you may write to in Settings.',
  },
  'write-failed': {
    headline: 'The file could not be written',
    tip: 'Check the photo folder in Settings.',
  },
  'not-found': { headline: 'It is not there any more', tip: 'It may have been moved or deleted.' },
  'port-in-use': {
    headline: 'A network port is taken',
    tip: 'Close other drone programs, or choose other ports under Tello options.',
  },
  'system-limit': {
    headline: 'This computer has reached a limit',
    tip: 'Close other programs, then try again.',
  },
  'network-unreachable': {
    headline: 'No way to the drone’s network',
    tip: 'Join the drone’s Wi-Fi (TELLO-XXXXXX) and try again.',
  },
  'drone-unreachable': {
    headline: 'No drone found',
    tip: 'Switch the drone on, join its Wi-Fi (TELLO-XXXXXX) and try again.',
  },
  'drone-refused': {
    headline: 'The drone refused',
    tip: 'Switch the drone off and on, then connect again.',
  },
  'drone-slow': {
    headline: 'The drone answers slowly',
    tip: 'Move closer to the drone, and away from other Wi-Fi networks.',
  },
  'commands-unanswered': {
    headline: 'The drone does not answer commands',
    tip: 'Flying is not possible until it does. Switch the drone off and on if it stays so.',
  },
  'no-video': {
    headline: 'The drone answers, but no picture arrives',
    tip: 'A firewall is the usual reason: allow Hoverdeck to receive UDP from the network.',
  },
  'no-keyframe': {
    headline: 'The video cannot be shown yet',
    tip: 'Parts of it get lost on the way. Move closer to the drone.',
  },
  'video-lost': {
    headline: 'The video stopped',
    tip: 'Move closer, and check the drone’s battery.',
  },
  'simulator-failed': {
    headline: 'The simulated drone did not start',
    tip: 'Try again. If it stays, restart Hoverdeck.',
  },
  flying: {
    headline: 'The drone may be flying',
    tip: 'Land first.',
  },
  'not-flying': { headline: 'The drone is not flying', tip: 'Take off first.' },
  'not-ready': { headline: 'Not ready', tip: 'Look at the list of reasons.' },
  'not-the-pilot': { headline: 'Somebody else flies', tip: 'Take the controls first.' },
  'no-camera': {
    headline: 'No camera found',
    tip: 'Plug one in: it appears in the list by itself.',
  },
  'camera-permission': {
    headline: 'Hoverdeck may not use the camera',
    tip: 'Allow camera access in the system’s privacy settings; on Linux, join the group “video”.',
  },
  'camera-busy': {
    headline: 'Another program uses the camera',
    tip: 'Close the other program, then try again.',
  },
  'camera-mode': {
    headline: 'The camera cannot do this format',
    tip: 'Choose another resolution, or “Automatic”.',
  },
  'camera-lost': {
    headline: 'The camera is gone',
    tip: 'Plug it in again: the picture comes back by itself.',
  },
  'camera-hung': {
    headline: 'The camera hangs',
    tip: 'Its reader is being restarted. If that does not help, unplug the camera once.',
  },
  'reader-crashed': {
    headline: 'The camera reader crashed',
    tip: 'It is restarted by itself; nothing else is affected.',
  },
  'reader-missing': {
    headline: 'This camera reader is not installed',
    tip: 'Choose “Automatic” as camera reader in Settings.',
  },
};

export function headlineOf(code: ErrorCode): string {
  return words[code].headline;
}

export function tipOf(failure: Failure): string {
  return failure.tip ?? words[failure.code].tip;
}
