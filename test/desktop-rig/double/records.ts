/** What the app did to the outside, for tests to look at; nothing of it happens for real. */
export const records = {
  openedLinks: [] as string[],
  refusedDownloads: [] as string[],
  shownItems: [] as string[],
  clipboard: '',
  /** Notifications shown so far. */
  notifications: [] as { title: string; body: string; click(): void }[],
  /** Kinds of the power save blockers that are on now. */
  powerBlockers: new Map<number, string>(),
  aboutPanel: {} as object,
  /** Message boxes nobody has answered yet, oldest first. */
  dialogs: [] as { options: object; answer(response: number): void }[],
  /** Children started through `utilityProcess` that still run. */
  utilityProcesses: new Set<{ pid: number | undefined; serviceName: string }>(),
};
