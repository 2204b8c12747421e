import { isBuiltin } from 'node:module';
import { parseAst } from 'rolldown/parseAst';

/** One `import`, `export … from`, `import()` or `require()` of a bundle, by its literal name. */
export type ImportOf = { specifier: string; line: number };

/** `require` as bundlers rename it. */
const REQUIRE = /^_*require(\$?\d+)?$/;

/**
 * Every import of a bundle whose name is written out. Names that are only text (code that a library
 * generates, types in comments) are not among them: the source is parsed, not searched.
 */
export function importsOf(source: string): ImportOf[] {
  const found: ImportOf[] = [];
  walk(parseAst(source), (node) => {
    const specifier = specifierOf(node);
    if (specifier === null) return;
    const start = typeof node.start === 'number' ? node.start : 0;
    found.push({ specifier, line: source.slice(0, start).split('\n').length });
  });
  return found;
}

/** Imports that nothing in the package answers; `files` are paths in the archive, `from` one of them. */
export function unresolvedImports(
  source: string,
  from: string,
  files: ReadonlySet<string>,
  known: ReadonlySet<string>,
): ImportOf[] {
  return importsOf(source).filter(({ specifier }) => {
    if (specifier === 'electron' || isBuiltin(specifier) || known.has(specifier)) return false;
    if (!specifier.startsWith('.')) return true;
    const path = new URL(specifier, `file:///${from}`).pathname.slice(1);
    return !files.has(path);
  });
}

type Node = Readonly<Record<string, unknown>>;

function specifierOf(node: Node): string | null {
  switch (node.type) {
    case 'ImportDeclaration':
    case 'ExportNamedDeclaration':
    case 'ExportAllDeclaration':
    case 'ImportExpression':
      return literal(node.source);
    case 'CallExpression': {
      const { callee } = node;
      if (!isNode(callee) || callee.type !== 'Identifier') return null;
      if (!REQUIRE.test(String(callee.name))) return null;
      return Array.isArray(node.arguments) ? literal(node.arguments[0]) : null;
    }
    default:
      return null;
  }
}

function literal(value: unknown): string | null {
  return isNode(value) && typeof value.value === 'string' ? value.value : null;
}

function walk(value: unknown, visit: (node: Node) => void): void {
  if (Array.isArray(value)) {
    for (const item of value) walk(item, visit);
  } else if (isNode(value)) {
    if (typeof value.type === 'string') visit(value);
    for (const child of Object.values(value)) walk(child, visit);
  }
}

function isNode(value: unknown): value is Node {
  return typeof value === 'object' && value !== null;
}
