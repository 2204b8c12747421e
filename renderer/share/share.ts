import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Result } from '../../shared/result.ts';
import type { Sharing } from '../../shared/share.ts';
import type { Deck } from '../station/deck.ts';
import type { Panels } from '../ui/panels.ts';
import { createPart } from '../ui/part.ts';
import { tellFailure } from '../ui/tell-failure.ts';
import type { Toasts } from '../ui/toasts.ts';
import { say } from '../words/language.ts';

/** What others may watch. Each action asks the station and says what failed; none throws. */
export type Share = {
  store: StoreApi<{ sharing: Sharing | null }>;
  /** Opens one of this computer's addresses to its network. */
  start(address: string): Promise<void>;
  stop(): Promise<void>;
  newKey(): Promise<void>;
  disconnect(id: number): Promise<void>;
  copy(text: string): Promise<void>;
};

export const [ShareContext, useShare] = createPart<Share>('share');

export function createShare({
  client,
  toasts,
  panels,
}: Deck & { toasts: Toasts; panels: Panels }): Share {
  const store: Share['store'] = createStore(() => ({ sharing: null }));
  const take = (sharing: Sharing) => store.setState({ sharing });

  async function takeReply(pending: Promise<Result<Sharing>>): Promise<void> {
    const reply = await pending;
    if (reply.ok) take(reply.value);
    else tellFailure({ toasts, panels, what: 'share', error: reply.error });
  }

  client.on('sharing', take);
  client.onLink((link) => {
    if (link === 'open') void takeReply(client.request('share.state', {}));
    else store.setState({ sharing: null });
  });

  return {
    store,
    start: (address) => takeReply(client.request('share.start', { address })),
    stop: () => takeReply(client.request('share.stop', {})),
    newKey: () => takeReply(client.request('share.newKey', {})),
    async disconnect(id) {
      const reply = await client.request('share.disconnect', { id });
      if (!reply.ok) tellFailure({ toasts, panels, what: 'share', error: reply.error });
    },
    async copy(text) {
      const words = say().share;
      try {
        await navigator.clipboard.writeText(text);
        toasts.show({ key: 'copy', tone: 'neutral', title: words.copied });
      } catch (error) {
        console.warn('Hoverdeck: the address was not copied.', error);
        toasts.show({ key: 'copy', tone: 'danger', title: words.notCopied, detail: text });
      }
    },
  };
}
