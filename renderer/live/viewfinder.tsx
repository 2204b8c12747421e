import styles from './viewfinder.module.css';

/** Where the picture will be: a viewfinder's corners, breathing while something is awaited. */
export function Viewfinder({ waiting }: { waiting: boolean }) {
  return (
    <div className={styles.frame} data-waiting={waiting} aria-hidden="true">
      <i />
      <i />
      <i />
      <i />
    </div>
  );
}
