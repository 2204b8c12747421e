import { Plug, Unplug } from 'lucide-react';
import { commands } from '../../shared/commands.ts';
import { useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import { canDisconnect } from './can-disconnect.ts';
import styles from './connect-button.module.css';
import { useConnection } from './connection.ts';

export function ConnectButton() {
  const connection = useConnection();
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
      onClick={() => void connection.toggle()}
    >
      <span className={styles.word}>{word}</span>
    </Button>
  );
}
