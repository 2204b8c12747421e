import type { WebContents } from 'electron';
import type { Caller } from '../../base/caller.ts';

/** Who a page is to the station: one caller for as long as the page lives, another after it was loaded anew. */
export function pageCallers(): { of(contents: WebContents): Caller } {
  const callers = new WeakMap<WebContents, Caller>();
  const ends = new WeakMap<WebContents, () => void>();
  let count = 0;

  function begin(contents: WebContents): Caller {
    const gone = new AbortController();
    const caller: Caller = { id: `window:${++count}`, name: 'This window', gone: gone.signal };
    const isKnown = ends.has(contents);
    ends.set(contents, () => gone.abort());
    callers.set(contents, caller);
    if (!isKnown) watch(contents);
    return caller;
  }

  function watch(contents: WebContents): void {
    const end = () => {
      callers.delete(contents);
      ends.get(contents)?.();
    };
    contents.on('render-process-gone', end);
    contents.on('destroyed', end);
    // The first load ends before a person can do anything; the next one is another page.
    contents.on('did-finish-load', end);
  }

  return { of: (contents) => callers.get(contents) ?? begin(contents) };
}
