/** Microseconds of the machine's monotonic clock: the same for every process on it, unlike `performance.now()`. */
export function machineNowUs(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e6 + nanoseconds / 1e3;
}
