import type { ParsedInput, RequestName, RequestOutput } from '../../shared/requests.ts';
import type { Caller } from './caller.ts';

/** Answers one request of the contract; throws a `StationError` for what may go wrong. */
type Handler<N extends RequestName> = (
  input: ParsedInput<N>,
  caller: Caller,
) => RequestOutput<N> | Promise<RequestOutput<N>>;

/** One function for every request of the contract. */
export type Handlers = { [N in RequestName]: Handler<N> };

/** A room's own slice of them. The station merges the slices. */
export type HandlersOf<N extends RequestName> = Pick<Handlers, N>;
