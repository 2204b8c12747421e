import type { Status } from '../../shared/status.ts';

/** Whether a session is under way, however well; a failed one is over. */
export function canDisconnect(status: Status | null): boolean {
  return status !== null && status.state !== 'idle' && status.state !== 'failed';
}
