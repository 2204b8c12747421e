import { type CloneCodec, createCloneCodec } from '../clone-codec.ts';

const CHUNK = 0x8000;

/** The clone codec with what a page has at hand. */
export function createPageCodec(): CloneCodec {
  return createCloneCodec({
    encode(bytes) {
      let binary = '';
      for (let at = 0; at < bytes.length; at += CHUNK) {
        binary += String.fromCharCode(...bytes.subarray(at, at + CHUNK));
      }
      return btoa(binary);
    },
    decode: (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0)),
  });
}
