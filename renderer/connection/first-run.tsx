import { type ReactNode, useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { commands } from '../../shared/commands.ts';
import { useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import { usePanels } from '../ui/panels.ts';
import { Sheet } from '../ui/sheet.tsx';
import { useConnection } from './connection.ts';
import styles from './first-run.module.css';

/** Addresses change when a Wi-Fi is joined; the card shows it while one waits. */
const ASK_AGAIN_MS = 2_000;
/** Every Tello gives its guests addresses of this network. */
const TELLO_NETWORK = '192.168.10.';

/** Three cards for whoever is here for the first time. Each can be skipped, and none comes back. */
export function FirstRun() {
  const connection = useConnection();
  const panels = usePanels();
  const wanted = useStation(
    ({ settings, status, link }) =>
      !settings.introSeen && status?.state === 'idle' && link === 'open',
  );
  const free = useStore(panels.store, (state) => state.sheet === null);
  const [step, setStep] = useState(0);
  const cards = [
    { title: 'Practise first', body: <Practise /> },
    { title: 'Join the drone’s Wi-Fi', body: <Join /> },
    { title: 'Hands, keys and safety', body: <Safety /> },
  ];
  const card = cards[step];
  const last = step === cards.length - 1;
  const close = () => void connection.introSeen();
  return (
    <Sheet
      open={wanted && free && card !== undefined}
      title={card?.title ?? ''}
      description={`${step + 1} of ${cards.length}`}
      onClose={close}
    >
      <div className={styles.body}>{card?.body}</div>
      <div className={styles.buttons}>
        {last ? null : (
          <Button label="Skip the introduction" onClick={close}>
            Skip
          </Button>
        )}
        <span className={styles.gap} />
        {step === 0 ? null : (
          <Button label="Back" look="outline" onClick={() => setStep(step - 1)}>
            Back
          </Button>
        )}
        <Button
          label={last ? 'Begin' : 'Next'}
          look="fill"
          onClick={() => (last ? close() : setStep(step + 1))}
        >
          {last ? 'Begin' : 'Next'}
        </Button>
      </div>
    </Sheet>
  );
}

function Practise() {
  return (
    <>
      <p>
        The simulated drone behaves like a real one, and nothing can break. It is first in the list,
        and it needs nothing.
      </p>
      <p>A webcam works, too: plug it in, and it appears in the same list.</p>
    </>
  );
}

function Join() {
  const connection = useConnection();
  const addresses = useStation((state) => state.host?.addresses ?? []);
  useEffect(() => {
    const timer = setInterval(() => void connection.lookAround(), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [connection]);
  const joined = addresses.some(({ address }) => address.startsWith(TELLO_NETWORK));
  return (
    <>
      <p>
        Switch the drone on and wait until its light blinks yellow. Then choose the Wi-Fi{' '}
        <Name>TELLO-XXXXXX</Name> in this computer’s Wi-Fi menu. It has no password.
      </p>
      <p role="status">
        {joined
          ? 'This computer is on a drone’s network: go ahead.'
          : 'Not on a drone’s network yet. This is looked at again every two seconds.'}
      </p>
      <dl className={styles.addresses}>
        {addresses.map(({ name, address }) => (
          <div key={`${name} ${address}`}>
            <dt>{name}</dt>
            <dd>{address}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Safety() {
  return (
    <>
      <p>
        A drone can hurt people and animals. Keep your distance, keep it in sight, and let it land
        before the battery does it for you.
      </p>
      <p>
        <Key>{commands.capture.key}</Key> takes a photo, <Key>{commands.numbers.key}</Key> shows the
        numbers, <Key>{commands['full-screen'].key}</Key> fills the screen, and{' '}
        <Key>{commands.shortcuts.key}</Key> lists every key.
      </p>
    </>
  );
}

function Key({ children }: { children: ReactNode }) {
  return <kbd className={styles.key}>{children}</kbd>;
}

function Name({ children }: { children: ReactNode }) {
  return <b className={styles.name}>{children}</b>;
}
