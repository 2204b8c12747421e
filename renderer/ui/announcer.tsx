import { useEffect, useState } from 'react';
import styles from './announcer.module.css';

type AnnouncerProps = {
  /** Said when it changes; also words that count seconds belong elsewhere. */
  text: string;
  /** Interrupts whatever the screen reader says. For failures. */
  urgent: boolean;
};

/** Says to screen readers what the screen shows in the middle. Both regions exist before they speak. */
export function Announcer({ text, urgent }: AnnouncerProps) {
  const [spoken, setSpoken] = useState({ polite: '', urgent: '' });
  useEffect(() => {
    setSpoken(urgent ? { polite: '', urgent: text } : { polite: text, urgent: '' });
  }, [text, urgent]);
  return (
    <div className={styles.unseen}>
      <p aria-live="polite" data-testid="announce-polite">
        {spoken.polite}
      </p>
      <p aria-live="assertive" data-testid="announce-assertive">
        {spoken.urgent}
      </p>
    </div>
  );
}
