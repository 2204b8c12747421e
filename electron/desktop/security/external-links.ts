import { shell } from 'electron';
import { log } from '../system/desktop-log.ts';
import { isAllowedLink } from './allowed-links.ts';

/** Opens an allowed address outside the app; every other one is refused and noted. */
export function openLink(address: string): void {
  if (!isAllowedLink(address)) {
    log.info('Refused to open an address that is not on the list.');
    return;
  }
  shell.openExternal(address).catch((error: unknown) => {
    log.error(`The system could not open ${address}`, error);
  });
}
