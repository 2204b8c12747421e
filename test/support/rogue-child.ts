import type { Child, StartChild } from '../../electron/processes/child.ts';
import { startNodeChild } from '../../electron/processes/start-child.ts';

/** Starts the bundles of a folder of rogues instead of the app's own, with what kind of rogue to be. */
export function startFrom(folder: string, ...args: string[]): StartChild {
  return (entry, options) => {
    const bundles = process.env.HOVERDECK_BUNDLES;
    process.env.HOVERDECK_BUNDLES = folder;
    try {
      return startNodeChild(entry, { ...options, args });
    } finally {
      if (bundles === undefined) delete process.env.HOVERDECK_BUNDLES;
      else process.env.HOVERDECK_BUNDLES = bundles;
    }
  };
}

/** A process that no signal ends, not even SIGKILL: stuck in the kernel, as a hung driver makes it. */
export function unkillable(child: Child): Child {
  return { ...child, kill: () => undefined };
}
