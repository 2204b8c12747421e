/**
 * Waits for something that cannot be cancelled, but not for ever: rejects with what `late` makes after
 * `withinMs`. What it waited for goes on by itself; its outcome is then nobody's business any more.
 */
export async function withDeadline<T>(
  work: Promise<T>,
  withinMs: number,
  late: () => Error,
): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late()), withinMs);
  });
  try {
    return await Promise.race([work, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
