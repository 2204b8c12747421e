import { parse as parseWhatIsThere } from 'jsonc-parser';
import { defaultSettings, type Settings, settingsSchema } from '../../shared/settings.ts';

/** What was found in a settings file: every value that makes sense, and the names of those that do not. */
export type ReadSettings = {
  settings: Settings;
  /** The text is damaged, by a hand or by a disk: only what could be made out of it is here. */
  isDamaged: boolean;
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
  const { found, isDamaged } = parseObject(text);
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
  return { settings: settingsSchema.parse(settings), isDamaged, refused, unknown };
}

type Found = { found: Record<string, unknown> | null; isDamaged: boolean };

function parseObject(text: string): Found {
  // Windows' editor begins a text with a mark.
  const json = text.replace(/^\uFEFF/, '');
  try {
    return { found: asObject(JSON.parse(json)), isDamaged: false };
  } catch {
    // Not JSON: said by the caller, who knows the file's name.
    return { found: salvage(json), isDamaged: true };
  }
}

/** A comma too many, a remark, the second half missing: what is whole is taken all the same. */
function salvage(json: string): Record<string, unknown> | null {
  try {
    const found = asObject(parseWhatIsThere(json, [], { allowTrailingComma: true }));
    return found !== null && Object.keys(found).length > 0 ? found : null;
  } catch (error) {
    // It goes down by recursion, and a text can be deeper than the stack.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function asObject(value: unknown): Record<string, unknown> | null {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject ? { ...value } : null;
}
