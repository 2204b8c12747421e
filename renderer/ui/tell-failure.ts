import type { Failure } from '../../shared/result.ts';
import { headlineOf, tipOf } from '../words/error-words.ts';
import type { Toasts } from './toasts.ts';

/** Says that something a person asked for failed, and what to do; `what` they asked for replaces its like. */
export function tellFailure(toasts: Toasts, what: string, error: Failure): void {
  // Cancelled by a newer wish of the same person: they know.
  if (error.code === 'cancelled') return;
  toasts.show({
    key: `failure:${what}`,
    tone: 'danger',
    title: headlineOf(error.code),
    detail: `${error.message} ${tipOf(error)}`,
  });
}
