import { useEffect, useState } from 'react';
import { useStore } from 'zustand';
import { commands } from '../../shared/commands.ts';
import { useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import { usePanels } from '../ui/panels.ts';
import { Sheet } from '../ui/sheet.tsx';
import { say } from '../words/language.ts';
import { useConnection } from './connection.ts';
import styles from './first-run.module.css';

/** Addresses change when a Wi-Fi is joined; the card shows it while one waits. */
const ASK_AGAIN_MS = 2_000;
/** Every Tello gives its guests addresses of this network. */
const TELLO_NETWORK = '192.168.10.';

/** Three cards for whoever is here for the first time. Each can be skipped, and none comes back. */
export function FirstRun() {
  const connection = useConnection();
  const words = say().intro;
  const panels = usePanels();
  const wanted = useStation(
    ({ settings, status, link }) =>
      !settings.introSeen && status?.state === 'idle' && link === 'open',
  );
  const free = useStore(panels.store, (state) => state.sheet === null);
  const [step, setStep] = useState(0);
  const cards = [
    { title: words.practise, body: <Practise /> },
    { title: words.join, body: <Join /> },
    { title: words.safety, body: <Safety /> },
  ];
  const card = cards[step];
  const last = step === cards.length - 1;
  const close = () => void connection.introSeen();
  return (
    <Sheet
      open={wanted && free && card !== undefined}
      title={card?.title ?? ''}
      description={words.step(step + 1, cards.length)}
      onClose={close}
    >
      <div className={styles.body}>{card?.body}</div>
      <div className={styles.buttons}>
        {last ? null : (
          <Button label={words.skipAll} onClick={close}>
            {words.skip}
          </Button>
        )}
        <span className={styles.gap} />
        {step === 0 ? null : (
          <Button label={words.back} look="outline" onClick={() => setStep(step - 1)}>
            {words.back}
          </Button>
        )}
        <Button
          label={last ? words.begin : words.next}
          look="fill"
          onClick={() => (last ? close() : setStep(step + 1))}
        >
          {last ? words.begin : words.next}
        </Button>
      </div>
    </Sheet>
  );
}

function Practise() {
  return (
    <>
      <p>{say().intro.practiseWhy}</p>
      <p>{say().intro.practiseWebcam}</p>
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
      <p>{say().intro.joinHow}</p>
      <p role="status">{joined ? say().intro.joined : say().intro.notJoined}</p>
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

/** What a newcomer presses first; the whole list is behind its own key. */
const firstKeys = ['capture', 'numbers', 'full-screen', 'shortcuts'] as const;

function Safety() {
  return (
    <>
      <p>{say().intro.safetyWhy}</p>
      <dl className={styles.keys}>
        {firstKeys.map((name) => (
          <div key={name}>
            <dt>
              <kbd className={styles.key}>{commands[name].key}</kbd>
            </dt>
            <dd>{say().commands[name]}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}
