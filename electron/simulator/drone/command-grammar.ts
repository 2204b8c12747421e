import { PLAIN, READS, type Sdk } from './command.ts';
import { accept, alone, type Parsed, type Rule } from './command-words.ts';
import { parseExtension } from './extension.ts';
import { FLIGHT_RULES } from './flight-words.ts';
import { SETTING_RULES } from './setting-words.ts';

const PLAIN_RULES = PLAIN.map(([kind, sdk]): Rule => [kind, sdk, alone({ kind })]);
const RULES = new Map<string, Rule>(
  [...PLAIN_RULES, ...FLIGHT_RULES, ...SETTING_RULES].map((rule) => [rule[0], rule]),
);

/** Reads one command as sent, with or without a line end. */
export function parseCommand(text: string, sdk: Sdk = 30): Parsed {
  const line = text.trim();
  const unknown: Parsed = { ok: false, answer: `unknown command: ${line}` };
  const [name = '', ...words] = line.split(/\s+/);
  const read = READS.find(([known, firstSdk]) => `${known}?` === line && firstSdk <= sdk);
  if (read) return accept({ kind: 'read', name: read[0] });
  if (name === 'EXT' && sdk >= 30) {
    const extension = parseExtension(words);
    return extension ? accept({ kind: 'extension', extension }) : unknown;
  }
  const [, since, readWords] = RULES.get(name) ?? [];
  return (since !== undefined && since <= sdk && readWords?.(words, sdk)) || unknown;
}
