import type { FastifyReply, FastifyRequest } from 'fastify';
import { failure } from '../../shared/result.ts';

/**
 * Keeps other web pages out. A server on 127.0.0.1 can be reached by every page in every browser of
 * this machine, so a request must name this server (`Host`: no DNS rebinding) and come from its own
 * page or from no page at all (`Origin`, `Sec-Fetch-Site`: no cross-site embedding or posting).
 */
export function createGuard(port: () => number) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<void> => {
    const hosts = ['127.0.0.1', 'localhost'].map((name) => `${name}:${port()}`);
    const { host, origin } = request.headers;
    const site = request.headers['sec-fetch-site'];
    // A browser sends no Origin with a plain GET of its own page; scripts never send one.
    const isTrusted =
      host !== undefined &&
      hosts.includes(host) &&
      (origin === undefined || hosts.some((name) => origin === `http://${name}`)) &&
      (site === undefined || site === 'same-origin' || site === 'none');
    if (isTrusted) return;
    await reply.code(403).send(
      failure({
        code: 'not-trusted',
        message: 'Only pages of this Hoverdeck may ask.',
        tip: `Open http://${hosts[0]} itself.`,
      }),
    );
  };
}

/** Headers of every answer; the policy has no `unsafe-*` and allows nothing from elsewhere. */
export function securityHeaders(port: number): Record<string, string> {
  const sockets = ['127.0.0.1', 'localhost'].map((name) => `ws://${name}:${port}`).join(' ');
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      "style-src 'self'",
      "img-src 'self' blob:",
      "font-src 'self'",
      "worker-src 'self'",
      `connect-src 'self' ${sockets}`,
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-resource-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), usb=(), serial=()',
  };
}
