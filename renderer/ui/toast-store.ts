import type { ReactNode } from 'react';
import { create } from 'zustand';
import type { Tone } from '../words/tone.ts';

type ToastAction = { label: string; icon?: ReactNode; run(): void };

export type ToastContent = {
  /** A toast with the key of one on screen replaces it. */
  key: string;
  tone: Tone;
  title: string;
  detail?: string;
  /** Address of a thumbnail. */
  picture?: string;
  action?: ToastAction;
};

export type ShownToast = ToastContent & { id: number };

/** More would cover the picture; the oldest goes. */
const MAX_TOASTS = 3;

export const useToasts = create<{ toasts: readonly ShownToast[] }>(() => ({ toasts: [] }));

let nextId = 1;

export function showToast(content: ToastContent): void {
  useToasts.setState(({ toasts }) => ({
    toasts: [
      ...toasts.filter((toast) => toast.key !== content.key),
      { ...content, id: nextId++ },
    ].slice(-MAX_TOASTS),
  }));
}

export function dismissToast(id: number): void {
  useToasts.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}
