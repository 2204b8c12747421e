import { Check, CircleDashed, X } from 'lucide-react';
import { useEffect } from 'react';
import { useStation } from '../station/deck.ts';
import { say } from '../words/language.ts';
import { linkChecks } from '../words/link-checks.ts';
import { useConnection } from './connection.ts';
import styles from './link-checks.module.css';

/** Somebody joins a Wi-Fi meanwhile. */
const LOOK_EVERY_MS = 4_000;
const icons = { yes: <Check />, no: <X />, waiting: <CircleDashed /> };

/** Where the way to the drone ends: under the words of a connection that is not there yet, or no more. */
export function LinkChecks() {
  const connection = useConnection();
  const status = useStation((station) => station.status);
  const host = useStation((station) => station.host);
  const isDrone = status?.source?.kind === 'tello';
  useEffect(() => {
    if (!isDrone) return;
    const timer = setInterval(() => void connection.lookAround(), LOOK_EVERY_MS);
    return () => clearInterval(timer);
  }, [connection, isDrone]);
  const checks = linkChecks(status, host);
  if (checks.length === 0) return null;
  return (
    <ul className={styles.checks} aria-label={say().checks.title}>
      {checks.map(({ name, is, says }) => (
        <li key={name} data-is={is}>
          <span aria-hidden="true">{icons[is]}</span>
          {says}
        </li>
      ))}
    </ul>
  );
}
