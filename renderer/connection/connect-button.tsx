import { Plug, Unplug } from 'lucide-react';
import { commands } from '../../shared/commands.ts';
import { useDeck, useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import { canDisconnect } from './can-disconnect.ts';
import styles from './connect-button.module.css';

export function ConnectButton() {
  const { actions } = useDeck();
  const running = useStation((state) => canDisconnect(state.status));
  const reason = useStation((state) =>
    state.link === 'open' ? null : 'Not possible now: Hoverdeck is not answering.',
  );
  const word = running ? 'Disconnect' : 'Connect';
  return (
    <Button
      label={word}
      look={running ? 'quiet' : 'fill'}
      shortcut={commands['toggle-connection'].key}
      disabledReason={reason}
      className={styles.connect}
      icon={running ? <Unplug /> : <Plug />}
      onClick={() => void actions.toggleConnection()}
    >
      <span className={styles.word}>{word}</span>
    </Button>
  );
}
