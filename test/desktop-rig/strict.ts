/** What engines and test tools look at on any object; answering `undefined` invents nothing. */
const harmless: ReadonlySet<string | symbol> = new Set(['then', 'toJSON', 'constructor']);

/**
 * An object that throws on everything it does not model, so that the double is never kinder than
 * Electron: a call that would be silently ignored here fails by name.
 */
export function strict<T extends object>(name: string, target: T): T {
  return new Proxy(target, {
    get(object, key, receiver) {
      if (Reflect.has(object, key)) return Reflect.get(object, key, receiver);
      if (typeof key === 'symbol' || harmless.has(key)) return undefined;
      throw new Error(`The desktop rig does not model ${name}.${key}.`);
    },
    set(object, key, value, receiver) {
      if (!Reflect.has(object, key)) {
        throw new Error(`The desktop rig does not model setting ${name}.${String(key)}.`);
      }
      return Reflect.set(object, key, value, receiver);
    },
  });
}

/** Refuses options the double would ignore. */
export function refuseUnknown(name: string, options: object, known: readonly string[]): void {
  for (const key of Object.keys(options)) {
    if (!known.includes(key)) throw new Error(`The desktop rig does not model ${name}: ${key}.`);
  }
}
