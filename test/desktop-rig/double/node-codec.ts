import { createCloneCodec } from '../clone-codec.ts';

/** The clone codec with what Node has at hand. */
export const nodeCodec = createCloneCodec({
  encode: (bytes) =>
    Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64'),
  decode: (text) => Buffer.from(text, 'base64'),
});
