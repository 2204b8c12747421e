/**
 * Node does all work with files (and looks up names) on four threads. A disk that hangs keeps the
 * thread that asked it, so this many questions may hang at once and no more: the rest stays usable.
 */
const MAX_HANGING = 2;

let hanging = 0;

/**
 * Waits for work with a disk, but not for ever: rejects with what `late` makes after `withinMs`, and at
 * once while too much hangs already. What hangs cannot be cancelled; it goes on, and its outcome is then
 * nobody's business any more.
 */
export async function onDisk<T>(
  withinMs: number,
  late: () => Error,
  work: () => Promise<T>,
): Promise<T> {
  if (hanging >= MAX_HANGING) throw late();
  let timer: NodeJS.Timeout | undefined;
  const running = work();
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      hanging++;
      const goOn = () => {
        hanging--;
      };
      running.then(goOn, goOn);
      reject(late());
    }, withinMs);
  });
  try {
    return await Promise.race([running, deadline]);
  } finally {
    clearTimeout(timer);
  }
}
