import type { FastifyReply, FastifyRequest } from 'fastify';
import { failure } from '../../shared/result.ts';
import { pageHeaders } from '../base/page-headers.ts';
import { isOwnHost, isOwnOrigin, ownSocketUrls, ownUrl } from './own-address.ts';

/**
 * Keeps other web pages out. A server on 127.0.0.1 can be reached by every page in every browser of
 * this machine, so a request must name this server (`Host`: no DNS rebinding) and come from its own
 * page or from no page at all (`Origin`, `Sec-Fetch-Site`: no cross-site embedding or posting).
 */
export function createGuard(port: () => number) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const { host, origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    // A browser sends no Origin with a plain GET of its own page; scripts never send one.
    const isTrusted =
      host !== undefined &&
      isOwnHost(host, port()) &&
      (origin === undefined || isOwnOrigin(origin, port())) &&
      (site === undefined || site === 'same-origin' || site === 'none');
    if (isTrusted) return;
    await reply.code(403).send(
      failure({
        code: 'not-trusted',
        message: 'Only pages of this Hoverdeck may ask.',
        tip: `Open ${ownUrl(port())} itself.`,
      }),
    );
  };
}

/** Headers of every answer; the sockets are named, since not every browser counts them as `'self'`. */
export function securityHeaders(port: number): Record<string, string> {
  return pageHeaders(ownSocketUrls(port));
}
