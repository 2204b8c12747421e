import { Unplug, X } from 'lucide-react';
import { commands } from '../../shared/commands.ts';
import { useStation } from '../station/deck.ts';
import { RailButton } from '../ui/rail-button.tsx';
import { canDisconnect } from './can-disconnect.ts';
import { useConnection } from './connection.ts';

/** Ends the session under way. Starting one is the start card's, or the words' in the middle. */
export function ConnectButton() {
  const connection = useConnection();
  const running = useStation((state) => canDisconnect(state.status));
  const connecting = useStation((state) => state.status?.state === 'connecting');
  const reason = useStation((state) =>
    state.link === 'open' ? null : 'Not possible now: Hoverdeck is not answering.',
  );
  const name = useStation((state) => state.status?.sourceName ?? 'the source');
  if (!running) return null;
  const word = connecting ? 'Cancel' : 'Disconnect';
  return (
    <RailButton
      label={word}
      caption={word}
      tip={connecting ? `Stop calling ${name}` : `End the connection to ${name}`}
      shortcut={commands['toggle-connection'].key}
      disabledReason={reason}
      icon={connecting ? <X /> : <Unplug />}
      onClick={() => void connection.disconnect()}
    />
  );
}
