import { createPart } from '../ui/part.ts';
import { createMetersStore, type MetersStore } from './meters-store.ts';
import { createPictureStore, type PictureStore } from './picture-store.ts';

/** The picture on screen: what the painter measures, and what may be said of it. */
export type Live = { meters: MetersStore; picture: PictureStore };

export const [LiveContext, useLive] = createPart<Live>('live view');

export function createLive(): Live {
  return { meters: createMetersStore(), picture: createPictureStore() };
}
