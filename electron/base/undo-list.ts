type Undo = () => void | Promise<void>;

/** What has been set up so far, to be undone in reverse order. */
export type UndoList = {
  /** Once `run` was called, whatever still comes is undone at once. */
  add(undo: Undo): void;
  /** Undoes everything once; one failure does not keep the rest from being undone. */
  run(): Promise<void>;
};

export function createUndoList(): UndoList {
  const undos: Undo[] = [];
  let ending: Promise<void> | null = null;

  async function undoAll(): Promise<void> {
    const failures: unknown[] = [];
    for (let undo = undos.pop(); undo !== undefined; undo = undos.pop()) {
      try {
        await undo();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw new AggregateError(failures, 'not everything could be undone');
  }

  return {
    add(undo) {
      undos.push(undo);
      if (ending !== null) ending = ending.then(undoAll);
    },
    run() {
      ending ??= undoAll();
      return ending;
    },
  };
}
