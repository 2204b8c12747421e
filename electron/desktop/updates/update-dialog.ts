import { dialog } from 'electron';
import { log } from '../system/desktop-log.ts';
import type { Updates } from './update-runner.ts';
import { updateWords } from './update-state.ts';

/** "Check for Updates": looks now, says how it stands, and installs only when the user chooses to. */
export function createUpdateDialog(updates: Updates): () => void {
  return () => {
    ask(updates).catch((error: unknown) => log.error('The update could not be shown', error));
  };
}

async function ask(updates: Updates): Promise<void> {
  await updates.check();
  const state = updates.state();
  const isReady = state.phase === 'ready';
  const { response } = await dialog.showMessageBox({
    type: state.phase === 'failed' ? 'warning' : 'info',
    message: updateWords(state),
    buttons: isReady ? ['Restart and install', 'Later'] : ['OK'],
    defaultId: 0,
    cancelId: isReady ? 1 : 0,
  });
  if (!isReady || response !== 0) return;
  const result = updates.install();
  if (result.ok) return;
  const { message, tip = '' } = result.error;
  await dialog.showMessageBox({ type: 'warning', message, detail: tip, buttons: ['OK'] });
}
