import { spawn } from 'node:child_process';
import { dirname } from 'node:path';
import { StationError } from '../base/failures.ts';

/** Opens the system's file manager at a file, or null where there is no screen to open it on. */
export function folderOpener(): ((path: string) => Promise<void>) | null {
  switch (process.platform) {
    case 'darwin':
      return (path) => run('open', ['-R', path]);
    case 'win32':
      return (path) => run('explorer.exe', [`/select,${path}`]);
    default:
      if (!process.env.DISPLAY && !process.env.WAYLAND_DISPLAY) return null;
      return (path) => run('xdg-open', [dirname(path)]);
  }
}

function run(program: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'ignore', detached: true });
    child.once('spawn', () => {
      child.unref();
      resolve();
    });
    child.once('error', (cause) => {
      const tip = `The photo is in ${dirname(args.at(-1) ?? '')}.`;
      reject(
        new StationError('unsupported', 'The file manager could not be opened.', { tip, cause }),
      );
    });
  });
}
