import { ENTRIES, MAIN_ROOMS, PACKAGES, PAGE_ROOMS } from './rooms.mjs';

/** Modules beside the rooms; a room that imported one would import everything. */
const MAIN_ENTRIES = ['**/compose.ts', '**/headless.ts', '**/preload.ts', '**/start-decision.ts'];
const PAGE_ENTRIES = ['**/app.tsx', '**/parts.tsx'];

/** The text of biome.rooms.json: one line a rule, so that a change of a rule is a change of a line. */
export function fences() {
  const main = MAIN_ROOMS.map((room) =>
    fence(room, MAIN_ROOMS, [...MAIN_ENTRIES, '**/renderer/**', '**/test/**']),
  );
  const page = PAGE_ROOMS.map((room) =>
    fence(room, PAGE_ROOMS, [...PAGE_ENTRIES, '**/electron/**', '**/test/**']),
  );
  const entries = ENTRIES.map(({ files, refuse, why }) =>
    rule(files, [...refuse, '**/test/**'], why),
  );
  const lines = [...entries, ...main, ...page].map((line) => `    ${JSON.stringify(line)}`);
  return `{\n  "overrides": [\n${lines.join(',\n')}\n  ]\n}\n`;
}

function fence(room, all, always) {
  const others = new Set(all.map(({ name }) => name));
  for (const name of [room.name, ...room.mayImport]) others.delete(name);
  const packages = Object.entries(PACKAGES)
    .filter(([kind]) => !(room.packages ?? []).includes(kind))
    // Main's rooms may use Node; the page's may not.
    .filter(([kind]) => kind !== 'node' || all === PAGE_ROOMS)
    .flatMap(([, names]) => names);
  const rooms = [...others].map((name) => `**/${name}/**`);
  return rule(room.files, [...rooms, ...(room.butNot ?? []), ...always, ...packages], room.why);
}

function rule(files, group, message) {
  const options = { patterns: [{ group, message }] };
  const style = { noRestrictedImports: { level: 'error', options } };
  return { includes: files, linter: { rules: { style } } };
}
