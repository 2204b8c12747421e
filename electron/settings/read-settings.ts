import { defaultSettings, type Settings, settingsSchema } from '../../shared/settings.ts';

/** What was found in a settings file: every value that makes sense, and the names of those that do not. */
export type ReadSettings = {
  settings: Settings;
  /** Keys whose value could not be used and is now the default. */
  refused: readonly string[];
  /** Keys of another version: written back as they are. */
  unknown: Readonly<Record<string, unknown>>;
};

/**
 * Reads the text of a settings file, each key by itself: one value that makes no sense costs that one
 * setting and not the others. Null where the text is no settings file at all.
 */
export function readSettings(text: string): ReadSettings | null {
  const found = parseObject(text);
  if (found === null) return null;
  const settings: Record<string, unknown> = { ...defaultSettings };
  const refused: string[] = [];
  const unknown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(found)) {
    const schema = Object.hasOwn(settingsSchema.shape, key)
      ? settingsSchema.shape[key as keyof typeof settingsSchema.shape]
      : undefined;
    if (schema === undefined) {
      unknown[key] = value;
      continue;
    }
    const parsed = schema.safeParse(value);
    if (parsed.success) settings[key] = parsed.data;
    else refused.push(key);
  }
  return { settings: settingsSchema.parse(settings), refused, unknown };
}

function parseObject(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return isObject ? { ...value } : null;
  } catch {
    // Not JSON: said by the caller, who knows the file's name.
    return null;
  }
}
