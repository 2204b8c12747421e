import { Copy, LogOut } from 'lucide-react';
import { useStore } from 'zustand';
import { H264_PATH, MJPEG_PATHS, type Sharing, SNAPSHOT_PATHS } from '../../shared/share.ts';
import { useStation } from '../station/deck.ts';
import { Button } from '../ui/button.tsx';
import { usePanels } from '../ui/panels.ts';
import { Sheet } from '../ui/sheet.tsx';
import { say } from '../words/language.ts';
import { spokenDuration } from '../words/time.ts';
import { QrCode } from './qr-code.tsx';
import { useShare } from './share.ts';
import styles from './share-sheet.module.css';

/** What others may watch, from where, and who does. */
export function ShareSheet() {
  const panels = usePanels();
  const open = useStore(panels.store, (state) => state.sheet === 'options:share');
  const sharing = useStore(useShare().store, (state) => state.sharing);
  const words = say().share;
  return (
    <Sheet open={open} title={words.share} description={words.about} onClose={panels.closeSheet}>
      <div className={styles.parts}>
        {sharing === null ? null : (
          <>
            <Network sharing={sharing} />
            <ThisComputer local={sharing.local} />
            <Watching watching={sharing.watching} />
          </>
        )}
      </div>
    </Sheet>
  );
}

function Network({ sharing: { network } }: { sharing: Sharing }) {
  const share = useShare();
  const addresses = useStation((state) => state.host?.addresses ?? []);
  const words = say().share;
  if (network === null) {
    return (
      <section className={styles.part}>
        <h3 className={styles.title}>{words.network}</h3>
        <p className={styles.about}>{addresses.length > 0 ? words.networkOff : words.noNetwork}</p>
        {addresses.map(({ name, address }) => (
          <Button
            key={address}
            label={words.shareOn(name, address)}
            look="outline"
            onClick={() => void share.start(address)}
          >
            {words.shareOn(name, address)}
          </Button>
        ))}
      </section>
    );
  }
  const { name, url, key } = network;
  const page = `${url}/?token=${key}`;
  return (
    <section className={styles.part}>
      <h3 className={styles.title}>{words.networkOn(name)}</h3>
      <div className={styles.qr}>
        <QrCode text={page} label={words.qrOf(url)} />
        <p className={styles.about}>{words.qrAbout}</p>
      </div>
      <Address label={words.page} address={page} />
      <Address label="MJPEG" address={`${url}${MJPEG_PATHS[0]}?token=${key}`} />
      <Address label="H.264" address={`${url}${H264_PATH}?token=${key}`} />
      <div className={styles.buttons}>
        <Button label={words.newKey} look="outline" onClick={() => void share.newKey()}>
          {words.newKey}
        </Button>
        <Button label={words.stop} look="fill" onClick={() => void share.stop()}>
          {words.stop}
        </Button>
      </div>
    </section>
  );
}

function ThisComputer({ local }: { local: string | null }) {
  const words = say().share;
  return (
    <section className={styles.part}>
      <h3 className={styles.title}>{words.thisComputer}</h3>
      {local === null ? (
        <p className={styles.about}>{words.notServed}</p>
      ) : (
        <>
          <Address label="MJPEG" address={`${local}${MJPEG_PATHS[0]}`} />
          <Address label="H.264" address={`${local}${H264_PATH}`} />
          <Address label={words.snapshot} address={`${local}${SNAPSHOT_PATHS[0]}`} />
        </>
      )}
    </section>
  );
}

function Address({ label, address }: { label: string; address: string }) {
  const share = useShare();
  return (
    <div className={styles.address}>
      <span className={styles.what}>{label}</span>
      <code className={styles.code}>{address}</code>
      <Button
        label={say().share.copy(label)}
        icon={<Copy />}
        onClick={() => void share.copy(address)}
      />
    </div>
  );
}

function Watching({ watching }: Pick<Sharing, 'watching'>) {
  const share = useShare();
  const words = say().share;
  return (
    <section className={styles.part}>
      <h3 className={styles.title}>{words.watching}</h3>
      {watching.length === 0 ? <p className={styles.about}>{words.nobody}</p> : null}
      <ul>
        {watching.map(({ id, address, what, forMs, dropped }) => (
          <li key={id} className={styles.address}>
            <span className={styles.what}>{what === 'mjpeg' ? 'MJPEG' : 'H.264'}</span>
            <span className={styles.code}>
              {address} · {spokenDuration(forMs)}
              {dropped > 0 ? ` · ${words.dropped(dropped)}` : ''}
            </span>
            <Button
              label={words.disconnect(address)}
              icon={<LogOut />}
              onClick={() => void share.disconnect(id)}
            />
          </li>
        ))}
      </ul>
    </section>
  );
}
