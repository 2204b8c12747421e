import { createContext, use } from 'react';

/**
 * A part of the page, as views reach it: the context it is provided in, once, and the hook that takes
 * it from there. A part is an object with its stores and with what can be done; a store is zustand's
 * vanilla one and is read with `useStore(store, select)`.
 */
export function createPart<T extends object>(name: string) {
  const Context = createContext<T | null>(null);
  function usePart(): T {
    const part = use(Context);
    if (part === null) throw new Error(`A view was used where there is no ${name}.`);
    return part;
  }
  return [Context, usePart] as const;
}
