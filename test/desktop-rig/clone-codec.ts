/**
 * Structured clones as text, for the way between the rig's process and its pages. What Electron cannot
 * clone fails here with the same `DataCloneError`; what it could and we do not know fails as well.
 */
export type Base64 = { encode(bytes: Uint8Array): string; decode(text: string): Uint8Array };

export type CloneCodec = { encode(value: unknown): string; decode(text: string): unknown };

const TAG = '$rig';
type Tagged = { [TAG]: string; v?: unknown; name?: string };

const typedArrays = {
  Uint8Array,
  Int8Array,
  Uint8ClampedArray,
  Uint16Array,
  Int16Array,
  Uint32Array,
  Int32Array,
  Float32Array,
  Float64Array,
} as const;
type TypedArrayName = keyof typeof typedArrays;

export function createCloneCodec(base64: Base64): CloneCodec {
  return {
    encode: (value) => JSON.stringify(toPlain(structuredClone(value), base64)),
    decode: (text) => fromPlain(JSON.parse(text), base64),
  };
}

function toPlain(value: unknown, base64: Base64): unknown {
  if (value === undefined) return tagged('undefined');
  if (typeof value === 'bigint') return tagged('bigint', value.toString());
  if (typeof value === 'number') {
    return Number.isFinite(value) ? value : tagged('number', String(value));
  }
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => toPlain(item, base64));
  if (value instanceof Date) return tagged('date', value.getTime());
  if (value instanceof Error) return { [TAG]: 'error', name: value.name, v: value.message };
  if (value instanceof ArrayBuffer) return tagged('buffer', base64.encode(new Uint8Array(value)));
  if (ArrayBuffer.isView(value)) return viewToPlain(value, base64);
  if (value instanceof Map) return tagged('map', toPlain([...value], base64));
  if (value instanceof Set) return tagged('set', toPlain([...value], base64));
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new Error(`The rig does not model cloning a ${Object.prototype.toString.call(value)}.`);
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, toPlain(item, base64)]),
  );
}

function viewToPlain(view: ArrayBufferView, base64: Base64): Tagged {
  const name = Object.prototype.toString.call(view).slice('[object '.length, -1);
  if (!(name in typedArrays)) throw new Error(`The rig does not model cloning a ${name}.`);
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  return { [TAG]: 'view', name, v: base64.encode(bytes) };
}

function fromPlain(value: unknown, base64: Base64): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => fromPlain(item, base64));
  if (isTagged(value)) return fromTagged(value, base64);
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, fromPlain(item, base64)]),
  );
}

function fromTagged({ [TAG]: kind, v, name }: Tagged, base64: Base64): unknown {
  switch (kind) {
    case 'undefined':
      return undefined;
    case 'bigint':
      return BigInt(String(v));
    case 'number':
      return Number(v);
    case 'date':
      return new Date(Number(v));
    case 'error':
      return Object.assign(new Error(String(v)), { name });
    case 'buffer':
      return exactBuffer(base64.decode(String(v)));
    case 'view':
      return new typedArrays[name as TypedArrayName](exactBuffer(base64.decode(String(v))));
    case 'map':
      return new Map(fromPlain(v, base64) as [unknown, unknown][]);
    case 'set':
      return new Set(fromPlain(v, base64) as unknown[]);
    default:
      throw new Error(`unknown tag ${kind}`);
  }
}

/** A buffer of its own: a pooled one would show its neighbours. */
function exactBuffer(bytes: Uint8Array): ArrayBuffer {
  return new Uint8Array(bytes).buffer;
}

function tagged(kind: string, v?: unknown): Tagged {
  return v === undefined ? { [TAG]: kind } : { [TAG]: kind, v };
}

function isTagged(value: object): value is Tagged {
  return TAG in value;
}
