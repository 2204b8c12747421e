import type { ReactNode } from 'react';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Tone } from '../words/tone.ts';
import { createPart } from './part.ts';

export type ToastAction = { label: string; icon?: ReactNode; run(): void };

type ToastContent = {
  /** A toast with the key of one on screen replaces it. */
  key: string;
  tone: Tone;
  title: string;
  detail?: string;
  /** Address of a thumbnail. */
  picture?: string;
  action?: ToastAction;
  /** Whether it is still true; one that is not goes at the next review. Absent: true until its time is over. */
  holds?: () => boolean;
};

export type ShownToast = ToastContent & { id: number };

/** Short news in the corner. */
export type Toasts = {
  store: StoreApi<{ toasts: readonly ShownToast[] }>;
  show(content: ToastContent): void;
  dismiss(id: number): void;
  /** Takes away whatever is no longer true. */
  review(): void;
};

/** More would cover the picture; the oldest goes. */
const MAX_TOASTS = 3;

export const [ToastsContext, useToasts] = createPart<Toasts>('toasts');

export function createToasts(): Toasts {
  const store: Toasts['store'] = createStore(() => ({ toasts: [] }));
  let nextId = 1;
  return {
    store,
    show(content) {
      store.setState(({ toasts }) => ({
        toasts: [
          ...toasts.filter((toast) => toast.key !== content.key),
          { ...content, id: nextId++ },
        ].slice(-MAX_TOASTS),
      }));
    },
    review() {
      const { toasts } = store.getState();
      const still = toasts.filter((toast) => toast.holds?.() !== false);
      if (still.length < toasts.length) store.setState({ toasts: still });
    },
    dismiss(id) {
      store.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
    },
  };
}
