import { Unplug, X } from 'lucide-react';
import { commands } from '../../shared/commands.ts';
import { useStation } from '../station/deck.ts';
import { RailButton } from '../ui/rail-button.tsx';
import { say } from '../words/language.ts';
import { sourceName } from '../words/source-name.ts';
import { canDisconnect } from './can-disconnect.ts';
import { useConnection } from './connection.ts';

/** Ends the session under way. Starting one is the start card's, or the words' in the middle. */
export function ConnectButton() {
  const connection = useConnection();
  const words = say().connection;
  const running = useStation((state) => canDisconnect(state.status));
  const connecting = useStation((state) => state.status?.state === 'connecting');
  const reason = useStation((state) => (state.link === 'open' ? null : words.notNow));
  const name = useStation(({ status }) => sourceName(status));
  if (!running) return null;
  const word = connecting ? words.cancel : words.disconnect;
  return (
    <RailButton
      label={word}
      caption={word}
      tip={connecting ? words.cancelTip(name) : words.disconnectTip(name)}
      shortcut={commands['toggle-connection'].key}
      disabledReason={reason}
      icon={connecting ? <X /> : <Unplug />}
      onClick={() => void connection.disconnect()}
    />
  );
}
