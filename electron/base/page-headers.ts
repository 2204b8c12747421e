/**
 * Headers of every answer to the page, on both hosts: its own files, pictures it made itself, and
 * nothing from anywhere else. No `unsafe-*`.
 * @param connectSources what the page may connect to beside its own origin
 */
export function pageHeaders(connectSources: readonly string[] = []): Record<string, string> {
  const policy = {
    'default-src': "'none'",
    'script-src': "'self'",
    'style-src': "'self'",
    // Films of the library.
    'media-src': "'self'",
    'img-src': "'self' blob:",
    'connect-src': ["'self'", ...connectSources].join(' '),
    'worker-src': "'self'",
    'font-src': "'self'",
    'base-uri': "'none'",
    'form-action': "'none'",
    'frame-ancestors': "'none'",
  };
  return {
    'Content-Security-Policy': Object.entries(policy)
      .map(([directive, value]) => `${directive} ${value}`)
      .join('; '),
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    // The readers hold the cameras; the page never asks for a device.
    'Permissions-Policy':
      'camera=(), microphone=(), geolocation=(), display-capture=(), usb=(), serial=(), hid=(), midi=(), payment=()',
  };
}
