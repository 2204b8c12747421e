/** Playwright ships the protocol's types and does not export them; this is the only place that knows where. */
export type { Protocol } from '../../../node_modules/playwright-core/types/protocol.d.ts';
