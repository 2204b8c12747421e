/** The station's clock: microseconds since the process began, monotonic. Every `…AtUs` is on it. */
export function nowUs(): number {
  return performance.now() * 1_000;
}
